"""A report in a file: whole, or not there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from support import samples

from grader.reports import FORMATS, dumps, write_file
from grader.result.codec import loads


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("name", ["failing", "hostile"])
def test_every_format_can_be_written(name: str, format: str, tmp_path: Path) -> None:
    """A format's file holds what its writer returns, in UTF-8."""
    result = samples.SAMPLES[name]()
    write_file(result, format, tmp_path / "result")
    assert (tmp_path / "result").read_bytes().decode() == dumps(result, format)


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    """The old result gives way to the new one, and nothing else stays behind."""
    path = tmp_path / "result.json"
    path.write_text("an older and much longer result" * 10_000)
    write_file(samples.partial(), "json", path)
    assert loads(path.read_text()) == samples.partial()
    assert os.listdir(tmp_path) == ["result.json"]


def test_a_write_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the new result cannot take its place, the old one is still there."""
    path = tmp_path / "result.json"
    path.write_text("old")

    def refuse(source: object, target: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(OSError, match="disk full"):
        write_file(samples.partial(), "json", path)
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["result.json"]


def test_a_missing_folder_is_the_callers_to_report(tmp_path: Path) -> None:
    """An OSError passes up."""
    with pytest.raises(FileNotFoundError):
        write_file(samples.partial(), "json", tmp_path / "none" / "result.json")
