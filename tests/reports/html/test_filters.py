"""Parts of a check, as the templates of the page use them."""

from __future__ import annotations

import pytest
from support import diagrams, samples

from grader.reports.html import filters
from grader.result.check import Event


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
        ("bob joined!", "bob  joined!", (("bob ", "", "joined!"), ("bob ", " ", "joined!"))),
        ("alice: hello", "alice: help", (("alice: hel", "lo", ""), ("alice: hel", "p", ""))),
        ("alice: hello", "alice: hello\n", (("alice: hello", "", ""), ("alice: hello", "\\n", ""))),
        ("alice: 你b好", "alice: 你c好", (("alice: 你", "b", "好"), ("alice: 你", "c", "好"))),
    ],
)
def test_parted(expected: str, got: str, cut: tuple[tuple[str, str, str], ...]) -> None:
    """Two texts are cut where they begin to differ and where they no longer do."""
    assert filters.parted(samples.check("tcp.starts", expected=expected, got=got)) == cut


def test_texts_with_little_in_common_are_not_cut() -> None:
    """There is no place to point at."""
    assert filters.parted(samples.check("tcp.starts", expected="name", got="nothing")) is None


def test_transcript_tells_steps_and_fences() -> None:
    """Each line says what kind of line it is."""
    events = (
        Event(0.0, "step", "", "alice connects"),
        Event(0.1, "sends", "alice", "hello\n"),
        Event(0.2, "sends", "alice", "fence\n", fence=True),
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


def test_is_begun() -> None:
    """A variant of which nothing is written is not begun."""
    tcp, udp = samples.failing().variants
    assert filters.is_begun(tcp) and not filters.is_begun(udp)
