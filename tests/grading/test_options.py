"""From the options of a grading to its request; more is in tests/cli/main."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from grader.fact import FactError, fact
from grader.grading import options
from grader.grading.request import Request
from grader.sandbox import levels
from grader.submission import intake


def request(*words: str) -> Request:
    """What these words ask for, read by a parser that has the options of a grading alone."""
    parser = argparse.ArgumentParser()
    parser.add_argument("path", nargs="?")
    options.add_to(parser.add_argument, "en")
    return options.request_of(parser.parse_args(words))


def test_usual_request(tmp_path: Path) -> None:
    """Who says no more than a folder gets everything, wherever it can be had, in any order."""
    (tmp_path / "tcp_server.py").write_text("x = 1\n")
    asked = request(str(tmp_path))
    assert (asked.label, asked.submission) == (tmp_path.name, str(tmp_path.resolve()))
    assert asked.variants == ("tcp", "udp")
    assert (asked.server, asked.client, asked.checks, asked.first) == ("", "", (), frozenset())
    assert (asked.sandbox, asked.portable) == ("auto", False)
    assert asked.notes == intake.in_folder(tmp_path).notes != ()


def test_the_usual_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who names none gets lab4 of the folder that they are in, else that of the kit."""
    kit = Path(options.__file__).resolve().parents[2]
    monkeypatch.chdir(kit)
    assert options.usual_folder() == Path("lab4")
    for folder in (kit / "lab4", tmp_path):
        monkeypatch.chdir(folder)
        assert options.usual_folder().resolve() == kit / "lab4"
    (tmp_path / "lab4").mkdir()
    assert options.usual_folder() == Path("lab4")


def test_a_sandbox_that_cannot_be_had_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is no silent step down to a lower level."""
    (tmp_path / "tcp_server.py").write_text("x = 1\n")
    monkeypatch.setattr("grader.sandbox.bubblewrap.program", lambda: "")
    words = [str(tmp_path), "--sandbox", "namespaces"]
    with pytest.raises(FactError) as caught:
        request(*words)
    assert caught.value.fact.code == "sandbox-refused"
    with pytest.raises(levels.Unavailable) as refused:
        levels.choose("namespaces")
    assert caught.value.fact.arguments == {"reason": refused.value.fact}


def test_portable_is_no_level(tmp_path: Path) -> None:
    """What every system has cannot be asked for together with a level."""
    (tmp_path / "tcp_server.py").write_text("x = 1\n")
    words = [str(tmp_path), "--sandbox", "limits", "--portable"]
    with pytest.raises(FactError) as caught:
        request(*words)
    assert caught.value.fact == fact("portable-or-sandbox")


WRONG = {
    "path-or-files": ("lab4", "--server", "a.py"),
    "files-of-one-variant": ("--server", "a.py", "--variant", "all"),
    "no-check-named": ("--only", ","),
    "no-such-check": ("--only", "starts,nonsense"),
}


@pytest.mark.parametrize(("code", "words"), WRONG.items(), ids=WRONG)
def test_what_does_not_go_together(
    code: str, words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each mistake is a fact of its own."""
    (tmp_path / "lab4").mkdir()
    (tmp_path / "lab4" / "tcp_server.py").write_text("x = 1\n")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FactError) as caught:
        request(*words)
    assert caught.value.fact.code == code
    assert caught.value.fact.arguments == ({"word": "nonsense"} if code == "no-such-check" else {})
