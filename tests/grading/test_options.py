"""From the options of a grading to its request; more is in tests/cli/main."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from grader.grading import options
from grader.grading.request import Request


def request(*words: str) -> Request:
    """What these words ask for, read by a parser that has the options of a grading alone."""
    parser = argparse.ArgumentParser()
    parser.add_argument("path", nargs="?")
    options.add_to(parser.add_argument, "en")
    return options.request_of(parser.parse_args(words))


def test_usual_request(tmp_path: Path) -> None:
    """Who says no more than a folder gets everything, wherever it can be had, in any order."""
    (tmp_path / "tcp_server.py").write_text("")
    asked = request(str(tmp_path))
    assert (asked.label, asked.submission) == (str(tmp_path), str(tmp_path.resolve()))
    assert asked.variants == ("tcp", "udp")
    assert (asked.server, asked.client, asked.checks, asked.first) == ("", "", (), frozenset())
    assert (asked.sandbox, asked.portable, asked.lang) == ("auto", False, "en")
    assert [note.partition(":")[0] for note in asked.notes] == [
        "tcp_client.py is missing", "udp_server.py is missing, udp_client.py is missing"
    ]  # fmt: skip


def test_a_sandbox_that_cannot_be_had_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is no silent step down to a lower level."""
    (tmp_path / "tcp_server.py").write_text("")
    monkeypatch.setattr("grader.sandbox.bubblewrap.program", lambda: "")
    words = [str(tmp_path), "--sandbox", "namespaces"]
    with pytest.raises(ValueError, match="--sandbox: no namespaces: "):
        request(*words)


def test_portable_is_no_level(tmp_path: Path) -> None:
    """What every system has cannot be asked for together with a level."""
    (tmp_path / "tcp_server.py").write_text("")
    words = [str(tmp_path), "--sandbox", "limits", "--portable"]
    with pytest.raises(ValueError, match="not both"):
        request(*words)
