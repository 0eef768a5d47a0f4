"""What a grading is asked for, and its way to the worker."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from support.watcher import request

from grader.assignment import rubric
from grader.assignment.check_ids import name_of
from grader.assignment.variants import NAMES, UDP
from grader.fact import fact
from grader.grading.request import dumps, loads

FULL = request(
    Path("/home/alice/lab4"),
    "tcp.starts",
    "udp.starts",
    first=frozenset({"udp.starts"}),
    notes=(fact("role-not-given", role="client"),),
    sandbox="limits",
)
STRANGE = request(Path("/home/alice/\udcff\n\u2028я"))  # a folder whose name is no UTF-8


@pytest.mark.parametrize("asked", [FULL, STRANGE], ids=["full", "strange"])
def test_it_arrives_as_it_was(asked: Any) -> None:
    """What is read is what was written, in one line."""
    assert loads(dumps(asked)) == asked
    assert len(dumps(asked).splitlines()) == 1


@pytest.mark.parametrize("name", json.loads(dumps(FULL)))
def test_a_missing_field_is_named(name: str) -> None:
    """No field is guessed."""
    fields = json.loads(dumps(FULL))
    del fields[name]
    with pytest.raises(ValueError, match=f"`{name}`"):
        loads(json.dumps(fields))


def test_an_unknown_field_is_named() -> None:
    """No field is passed over."""
    with pytest.raises(ValueError, match="`colour`"):
        loads(json.dumps(json.loads(dumps(FULL)) | {"colour": "red"}))


@pytest.mark.parametrize(
    ("name", "wrong"), [("seed", "1"), ("portable", 1), ("checks", "tcp.starts"), ("sandbox", None)]
)
def test_a_wrong_field_is_named(name: str, wrong: object) -> None:
    """Nothing is taken for what it is not."""
    with pytest.raises(ValueError, match=rf"\$\.{name}"):
        loads(json.dumps(json.loads(dumps(FULL)) | {name: wrong}))


def test_all_checks_are_planned() -> None:
    """Without a choice all checks are planned, in the order of the rubric."""
    assert request(Path()).planned() == rubric.check_ids()
    assert request(Path()).of_variant("udp").planned() == rubric.check_ids((UDP,))


def test_some_checks_are_planned() -> None:
    """A choice has the order of the rubric, and a variant has what is its own."""
    asked = request(Path(), "udp.handshake", "tcp.starts", "udp.starts", variants=NAMES)
    assert asked.planned() == ("tcp.starts", "udp.starts", "udp.handshake")
    assert asked.of_variant("udp").planned() == ("udp.starts", "udp.handshake")


def test_some_checks_go_first() -> None:
    """A check that is to go first does so within its variant."""
    ids = ("tcp.starts", "udp.starts", "udp.handshake")
    asked = request(Path(), *ids, first=frozenset({"udp.handshake"}))
    assert asked.planned() == ("tcp.starts", "udp.handshake", "udp.starts")


def test_needs_are_run_too() -> None:
    """What a check needs runs as well, in the order of the rubric, and is not told of."""
    asked = request(Path(), "tcp.rejoin", "tcp.starts")
    assert asked.with_needs() == ("tcp.starts", "tcp.two-users", "tcp.rejoin")
    assert asked.planned() == ("tcp.starts", "tcp.rejoin")


def test_needs_are_those_of_the_variant() -> None:
    """What is needed is needed in the same variant."""
    asked = request(Path(), "udp.rejoin", "tcp.starts", variants=NAMES)
    assert asked.with_needs() == ("tcp.starts", "udp.two-users", "udp.rejoin")
    assert asked.of_variant("udp").with_needs() == ("udp.two-users", "udp.rejoin")


def test_needs_of_all_checks_are_all_checks() -> None:
    """Without a choice nothing more is run."""
    assert request(Path()).with_needs() == request(Path()).planned() == rubric.check_ids()


@pytest.mark.parametrize("id_", rubric.check_ids())
def test_needs_come_first(id_: str) -> None:
    """Each check runs after all that its verdict depends on."""
    *needed, last = request(Path(), id_).with_needs()
    assert last == id_
    assert {name_of(other) for other in needed} == set(rubric.row(name_of(id_)).needs)
