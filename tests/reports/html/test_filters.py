"""Parts of a check, as the templates of the page use them."""

from __future__ import annotations

import pytest
from support import diagrams, samples
from support.made_up import happened, step

from grader.fact import Fact, fact
from grader.reports.html import filters
from grader.result.verdict import EventKind, Evidence, Verdict


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("typing `leave` ends it", "typing <code>leave</code> ends it"),
        ("one ` alone", "one ` alone"),
        ("`<b>` & `\x1b`", "<code>&lt;b&gt;</code> &amp; <code>\\x1b</code>"),
        ("", ""),
    ],
)
def test_prose(text: str, shown: str) -> None:
    """What stands between backticks is code; everything is escaped."""
    assert filters.prose(text) == shown


@pytest.mark.parametrize(
    ("expected", "got", "cut"),
    [
        ("bob joined!", "bob  joined!", (("'bob ", "", "joined!'"), ("'bob ", " ", "joined!'"))),
        ("alice: hello", "alice: help", (("'alice: hel", "lo", "'"), ("'alice: hel", "p", "'"))),
        ("alice: hi", "alice: hi\n", (("'alice: hi", "", "'"), ("'alice: hi", "\\n", "'"))),
        ("alice: 你b好", "alice: 你c好", (("'alice: 你", "b", "好'"), ("'alice: 你", "c", "好'"))),
    ],
)
def test_parted(expected: str, got: str, cut: tuple[tuple[str, str, str], ...]) -> None:
    """Two texts are cut where they begin to differ and where they no longer do."""
    facts = {"expected": fact("text", text=expected), "got": fact("text", text=got)}
    assert filters.parted(samples.check("tcp.starts", Verdict.FAIL, **facts)) == cut


@pytest.mark.parametrize(
    ("expected", "got"),
    [
        (fact("text", text="name"), fact("text", text="server")),
        (fact("listens-tcp", port=14901), fact("nothing-listens-tcp")),
        (fact("text", text="name"), None),
        (None, None),
    ],
)
def test_what_has_little_in_common_is_not_cut(expected: Fact | None, got: Fact | None) -> None:
    """There is no place to point at."""
    check = samples.check("tcp.starts", Verdict.FAIL, expected=expected, got=got)
    assert filters.parted(check) is None


def test_transcript_tells_steps_and_fences() -> None:
    """Each line says what kind of line it is."""
    events = (
        step("connects", name="alice"),
        happened(EventKind.SENDS, "alice", "hello\n", at=0.1),
        happened(EventKind.SENDS, "alice", "fence\n", at=0.2, fence=True),
    )
    kinds = [kind for kind, _ in filters.transcript(samples.check("tcp.starts", transcript=events))]
    assert kinds == ["step", "", "fence"]


def test_picture() -> None:
    """There is one where somebody has come in."""
    assert filters.picture(diagrams.everybody()).startswith("<svg ")
    assert filters.picture(samples.check("tcp.starts")) == ""


def test_stars_left() -> None:
    """A star that was failed can still be had."""
    assert filters.stars_left(samples.failing()) == ["tcp.vanish-once"]
    assert filters.stars_left(samples.full()) == []


def test_every_evidence_has_words() -> None:
    """The page says how each verdict is known."""
    assert filters.KNOWING.keys() == set(Evidence)
