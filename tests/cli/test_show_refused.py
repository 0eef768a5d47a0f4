"""Files and arguments that show refuses: one line and status 2."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support import samples

from grader import language
from grader.cli import main as command
from grader.cli import show
from grader.result import codec

RESULT = samples.failing()


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The files of these tests are in a folder of their own."""
    monkeypatch.chdir(tmp_path)


each_language = pytest.mark.parametrize("lang", language.LANGUAGES)


def stored(change: Callable[[dict[str, Any]], object]) -> bytes:
    """A result of which something has been changed."""
    document = json.loads(codec.dumps(RESULT))
    change(document)
    return json.dumps(document).encode()


WRONG: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "truncated"),
    "not JSON": (b"mark: 100", "malformed"),
    "not UTF-8": (b"\xff{}", "utf-8"),
    "cut off": (codec.dumps(RESULT).encode()[:-9], "truncated"),
    "a list": (b"[]", "array"),
    "too deep": (b"[" * 100_000, "array"),
    "too deep inside": (b'{"x": ' + b"[" * 100_000, "nested"),
    "nothing in it": (b"{}", "version"),
    "an earlier version": (stored(lambda d: d.update(schema_version=2)), "expected 3, got 2"),
    "a missing field": (stored(lambda d: d.pop("seed")), "`seed`"),
    "an unknown field": (stored(lambda d: d.update(colour=1)), "`colour`"),
    "a hostile field": (stored(lambda d: d.update({"\n\x1b[2J": 1})), "`\\n\\x1b[2J`"),
    "a wrong type": (stored(lambda d: d.update(mark="61")), "$.mark"),
    "a wrong verdict": (
        stored(lambda d: d["variants"][0]["checks"][0].update(verdict="OK")),
        "$.variants[0].checks[0].verdict",
    ),
}


def complaint(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """The one line that is said about wrong arguments, with status 2."""
    with pytest.raises(SystemExit) as caught:
        command.main(["show", *words])
    out, err = capsys.readouterr()
    assert (caught.value.code, out) == (2, "")
    assert err.startswith("grader: ") and err.count("\n") == 1 and "\x1b" not in err
    return err


@each_language
@pytest.mark.parametrize(("data", "named"), WRONG.values(), ids=WRONG)
def test_a_file_that_is_none(
    data: bytes, named: str, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is wrong with it is said in a line, in the language asked for."""
    Path("wrong.json").write_bytes(data)
    line = complaint(capsys, "wrong.json", "--lang", lang)
    assert named in line
    assert {"en": "expected a result of", "ru": "ожидался результат"}[lang] in line


@pytest.mark.parametrize("path", ["nothing.json", "."])
def test_a_file_that_cannot_be_read(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It is named, with the reason."""
    assert complaint(capsys, path).startswith(f"grader: {path}: cannot be read (")


def test_an_endless_file_is_not_read_to_its_end(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is longer than any result is none."""
    monkeypatch.setattr(show, "MAX_BYTES", 1000)
    Path("long.json").write_text(codec.dumps(RESULT))
    assert "truncated" in complaint(capsys, "long.json")


def test_no_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where it was closed from the beginning there is nothing to read."""
    monkeypatch.setattr(sys, "stdin", None)
    assert complaint(capsys, "-").startswith("grader: -: cannot be read (")


ARGUMENTS = {
    "no file": ([], "RESULT.json"),
    "two files": (["a.json", "b.json"], "b.json"),
    "an option of a grading": (["a.json", "--only", "starts"], "--only"),
    "a mark": (["a.json", "--fail-under", "50"], "--fail-under"),
    "two printed": (["a.json", "--format", "csv", "--format", "html"], "--output"),
    "next and a file": (["a.json", "--next", "--output", "a"], "--next"),
    "an unknown language": (["a.json", "--lang", "de"], "--lang"),
}


@pytest.mark.parametrize(("words", "named"), ARGUMENTS.values(), ids=ARGUMENTS)
def test_wrong_arguments(words: list[str], named: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What does not go together is said as for a grading; nothing is graded here."""
    assert named in complaint(capsys, *words)


def test_a_missing_file_in_russian(capsys: pytest.CaptureFixture[str]) -> None:
    """What argparse says of it has a translation as well."""
    assert "не указан обязательный параметр: RESULT.json" in complaint(capsys, "--lang", "ru")
