"""The key of a result: what it depends on and what it does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from support.classes import OPTIONS

from grader.classroom.keys import digest, fingerprint, key


def test_the_same_files_have_the_same_digest() -> None:
    """In whatever order they were read."""
    assert digest({"a": b"1", "b": b"2"}) == digest({"b": b"2", "a": b"1"})


@pytest.mark.parametrize("other", [{"a": b"12"}, {"a": b"1", "b": b"2x"}, {"b": b"1", "a": b"2"}])
def test_other_files_have_another_digest(other: dict[str, bytes]) -> None:
    """A byte or a name more, or two files whose contents changed places."""
    assert digest(other) != digest({"a": b"1", "b": b"2"})


@pytest.mark.parametrize(
    "change",
    [{"seed": 2}, {"variants": ("tcp",)}, {"checks": ("tcp.starts",)}, {"python": "3.12"}],
)
def test_options_are_in_the_key(change: dict[str, object]) -> None:
    """What changes verdicts has another key."""
    other = replace(OPTIONS, **change)  # type: ignore[arg-type]
    assert key("digest", "grader", other) != key("digest", "grader", OPTIONS)
    assert key("digest", "another", OPTIONS) != key("digest", "grader", OPTIONS)


def test_what_shows_results_changes_no_fingerprint(tmp_path: Path) -> None:
    """Only what makes verdicts is in it."""
    for room in ("checks", "reports"):
        (tmp_path / room).mkdir()
        (tmp_path / room / "a.py").write_text("x = 1\n")
    before = fingerprint(tmp_path)
    fingerprint.cache_clear()
    (tmp_path / "reports" / "a.py").write_text("x = 2\n")
    assert fingerprint(tmp_path) == before
    fingerprint.cache_clear()
    (tmp_path / "checks" / "a.py").write_text("x = 2\n")
    assert fingerprint(tmp_path) != before
