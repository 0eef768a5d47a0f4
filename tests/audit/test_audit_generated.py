"""The mutants that the audit makes by rule are other programs, and have names that stay."""

from __future__ import annotations

import ast

import pytest

from audit import generated
from audit.equivalent import EQUIVALENT

ALL = generated.everything()


@pytest.mark.parametrize("file", generated.FILES)
def test_each_is_another_program(file: str) -> None:
    """Each mutant compiles, and differs from the reference and from all others of its file."""
    of_file = [mutant for mutant in ALL if mutant.file == file]
    assert len(of_file) > 20
    original = (generated.REFERENCE / file).read_text(encoding="utf-8")
    sources = {ast.dump(ast.parse(mutant.source)) for mutant in of_file}
    assert len(sources) == len(of_file)
    assert ast.dump(ast.parse(original)) not in sources
    for mutant in of_file:
        compile(mutant.source, mutant.name, "exec")


def test_names() -> None:
    """Each has a name of its own, and the line that was changed as its text."""
    assert len({mutant.name for mutant in ALL}) == len(ALL)
    for mutant in ALL:
        original = (generated.REFERENCE / mutant.file).read_text(encoding="utf-8")
        assert mutant.text and mutant.text in original, mutant.name


def test_always_the_same() -> None:
    """Made again, they are the same in the same order."""
    assert generated.everything() == ALL


@pytest.mark.parametrize(
    ("name", "text", "has"),
    [
        ("tcp_server:join:remove-1", "with users_lock:", "pass\n    return True"),
        ("tcp_server:join:negate-1", "if name in users:", "if not name in users:"),
        ("tcp_server:join:unlock-1", "with users_lock:", "if True:\n        if name in users:"),
        ("tcp_client:send_line:send-1", "connection.sendall(", "connection.send(text"),
        ("udp_client:send_text:sendall-1", "client.send(", "client.sendall(text"),
        ("tcp_server:MAX_LINE:unbound-1", "MAX_LINE = ", "MAX_LINE = float('inf')"),
        ("tcp_server:CLOSE_TIME:unbound-1", "CLOSE_TIME = ", "CLOSE_TIME = None"),
    ],
)
def test_rules(name: str, text: str, has: str) -> None:
    """One of each rule."""
    (mutant,) = (mutant for mutant in ALL if mutant.name == name)
    assert mutant.text.startswith(text)
    assert has in mutant.source


def test_main_is_left_alone() -> None:
    """What the command line does is not what is graded."""
    assert not [mutant.name for mutant in ALL if ":main:" in mutant.name]


def test_equivalent_names_are_there() -> None:
    """Every reason is one of a mutant that is still made, and says something."""
    names = {mutant.name for mutant in ALL}
    assert EQUIVALENT.keys() <= names
    assert all(reason.endswith(".") for reason in EQUIVALENT.values())
