"""The pairs of a stored class: made once, kept, and shown side by side."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support import classes
from support.changes import graded
from support.classes import KNOWN, person
from support.worlds import ROOT

from grader.classroom import rows, side_by_side
from grader.classroom.page import page
from grader.classroom.similarity import compare, ranking
from grader.classroom.similarity.sides import sides
from grader.classroom.store import Store

MODELS = ROOT / "tests" / "submissions" / "correct"
COPIED = "thread-for-each-message"
FILLER = "\n# nothing" * 500 + "\n"


def texts(name: str) -> dict[str, bytes]:
    """A program of the tests."""
    return {path.name: path.read_bytes() for path in (MODELS / name).glob("*.py")}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A class in which two handed in the same, but for a line."""
    with Store(tmp_path / "class") as made:
        copy = {name: data + b"\nx = 1\n" for name, data in texts(COPIED).items()}
        people = {"alice": texts(COPIED), "bob": copy, "carol": texts("udp-classic")}
        made.take_in([(person(id_), files) for id_, files in people.items()])
        for files in people.values():
            classes.keep(made, files, graded())
        yield made


def found(store: Store, *others: str) -> list[tuple[str, str]]:
    """The pairs that stand out."""
    made = rows.rows(store, KNOWN.how)
    pairs = compare.pairs(store, made, list(others) or None)
    return [(p.name_one, p.name_other) for p in pairs if p.score > 0.4]


def test_pairs_have_names(store: Store) -> None:
    """Of people, or of the program that theirs is like."""
    pairs = found(store)
    assert ("Name of alice", "Name of bob") in pairs
    assert ("Name of carol", "kit/udp-classic") in pairs
    assert not [pair for pair in pairs if pair == ("Name of alice", "Name of carol")]


def test_pairs_are_made_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Until somebody hands in something else."""
    first = found(store)
    monkeypatch.setattr(compare, "ranked", lambda *_: [])
    assert found(store) == first
    store.take_in([(person("bob"), {"tcp_server.py": b"x = 1"})])
    assert found(store) == []
    assert ranking.FEWEST > 1


def test_an_earlier_class_is_compared_with(store: Store, tmp_path: Path) -> None:
    """By the name of its folder; nobody of it is named but by an id."""
    with Store(tmp_path / "2025") as before:
        before.take_in([(person("dave"), texts(COPIED))])
    assert ("Name of alice", "2025/dave") in found(store, str(tmp_path / "2025"))


def test_both_sides_have_the_same_regions(store: Store) -> None:
    """What is shared has one number on either side; what is not has none."""
    one = {name: data.decode() for name, data in texts(COPIED).items()}
    first, second = sides(one, {name: f"import os\n{text}" for name, text in one.items()})
    regions = [{line.region for _f, lines in side for line in lines} for side in (first, second)]
    assert regions[0] == regions[1] and len(regions[0]) > 1
    assert all(lines[0].region == -1 for _file, lines in second)


def test_what_is_not_shared_is_left_out(store: Store) -> None:
    """But for a few lines around it, and a sign for the gap."""
    one = {name: data.decode() for name, data in texts(COPIED).items()}
    other = {name: f"{text}{FILLER}{text}" for name, text in one.items()}
    (_file, lines), *_rest = sides(other, one)[0]
    assert len(lines) < 300 and [line.text for line in lines if not line.number] == ["⋮"]


def test_the_page_of_pairs(store: Store) -> None:
    """Says that nothing is proven; nothing handed in is more than text on it."""
    hostile = texts(COPIED)
    hostile["tcp_server.py"] += b"\n# </pre><script>alert(1)</script>\n"
    store.take_in([(person("bob"), hostile)])
    made = rows.rows(store, KNOWN.how)
    side_by_side.write(store, made, compare.pairs(store, made))
    text = (store.folder / side_by_side.NAME).read_text(encoding="utf-8")
    assert "not proven" in text and "Name of bob" in text and "shared r0" in text
    assert "<script" not in text
    assert "No two pieces" in page.dumps_pairs([])
