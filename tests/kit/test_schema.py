"""docs/result.schema.json is made from the classes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from grader.result import codec
from kit import schema

Capture = pytest.CaptureFixture[str]


def test_the_schema_is_up_to_date(capsys: Capture) -> None:
    """The kit's own file is what the classes say."""
    assert schema.main(["--check"]) == 0, capsys.readouterr().err


@pytest.mark.parametrize("old", [None, "{}\n"])
def test_it_is_written(old: str | None, tmp_path: Path, capsys: Capture) -> None:
    """Where it is missing or stale it is written; once written it stays."""
    path = tmp_path / "result.schema.json"
    if old is not None:
        path.write_text(old)
    assert schema.main([], path) == 0
    assert capsys.readouterr().out == "written: result.schema.json\n"
    assert json.loads(path.read_bytes()) == codec.schema()
    assert path.read_bytes().endswith(b"}\n") and b"\r" not in path.read_bytes()
    assert schema.main([], path) == 0
    assert capsys.readouterr().out == "result.schema.json is up to date\n"


@pytest.mark.parametrize("old", [None, "{}\n"])
def test_what_is_stale_is_said(old: str | None, tmp_path: Path, capsys: Capture) -> None:
    """A check writes nothing, and says what to run."""
    path = tmp_path / "result.schema.json"
    if old is not None:
        path.write_text(old)
    assert schema.main(["--check"], path) == 1
    assert capsys.readouterr().err == "result.schema.json: stale\nrun: python -m kit.schema\n"
    assert (path.read_text() if path.exists() else None) == old


def test_a_file_that_cannot_be_read(tmp_path: Path, capsys: Capture) -> None:
    """It is one line and no traceback."""
    (tmp_path / "bytes").write_bytes(b"\xff")
    assert schema.main([], tmp_path / "bytes") == 2
    assert schema.main([], tmp_path) == 2
    assert schema.main([], tmp_path / "missing" / "file") == 2
    assert len(capsys.readouterr().err.splitlines()) == 3


def test_the_command_knows_no_other_options() -> None:
    """A misspelt option writes nothing."""
    with pytest.raises(SystemExit):
        schema.main(["--chekc"])
