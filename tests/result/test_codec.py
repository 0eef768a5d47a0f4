"""The result file: what its schema says, whole or not there, and readable again."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from support import samples

from grader.reports import FORMATS, write_file
from grader.result.codec import dumps, loads

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "docs" / "result.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


@pytest.mark.parametrize("name", samples.SAMPLES)
def test_results_keep_to_the_schema(name: str) -> None:
    """Every result is valid by the published schema."""
    VALIDATOR.validate(json.loads(dumps(samples.SAMPLES[name]())))


def test_the_schema_is_one() -> None:
    """The schema itself is valid."""
    VALIDATOR.check_schema(SCHEMA)


def test_every_field_is_described() -> None:
    """Each field of the schema says what it means, here or where it refers to."""
    objects = [SCHEMA, *(d for d in SCHEMA["$defs"].values() if "properties" in d)]
    assert all("description" in d for d in SCHEMA["$defs"].values())
    for each in objects:
        assert each["additionalProperties"] is False
        assert sorted(each["required"]) == sorted(each["properties"])
        for name, field in each["properties"].items():
            assert "description" in field or "$ref" in field, name


def _set(path: str, value: Any) -> Callable[[Any], None]:
    def change(document: Any) -> None:
        *parents, last = path.split("/")
        for part in parents:
            document = document[int(part) if part.isdigit() else part]
        document[last] = value

    return change


CHANGES = {
    "version": _set("schema_version", 1),
    "unknown": _set("grade", 5),
    "text-mark": _set("mark", "61"),
    "text-points": _set("variants/0/checks/0/points", "8"),
    "star-count": _set("variants/0/checks/0/star", 1),
    "verdict": _set("variants/0/checks/0/verdict", "OK"),
    "evidence": _set("variants/0/checks/0/evidence", ["guessed"]),
    "steps": _set("variants/0/checks/0/steps", "one"),
    "no-object": _set("sandbox", None),
    "missing": lambda document: document.pop("seed"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_wrong_field_is_refused(change: Callable[[Any], None]) -> None:
    """Schema and reader both refuse what dumps would never write."""
    document = json.loads(dumps(samples.failing()))
    change(document)
    assert not VALIDATOR.is_valid(document)
    with pytest.raises(ValueError, match=r"expected|missing|unknown"):
        loads(json.dumps(document))


def test_the_schema_refuses_a_wrong_id() -> None:
    """An id names a variant and a check."""
    document = json.loads(dumps(samples.failing()))
    document["variants"][0]["checks"][0]["id"] = "sctp.starts"
    assert not VALIDATOR.is_valid(document)


@pytest.mark.parametrize("name", [name for name in samples.SAMPLES if name != "hostile"])
def test_a_result_comes_back_as_it_was(name: str) -> None:
    """Nothing is lost on the way through a file."""
    result = samples.SAMPLES[name]()
    assert loads(dumps(result)) == result


def test_lone_surrogates_are_written_as_escapes() -> None:
    """What UTF-8 cannot write does not keep the file from being written or read."""
    text = dumps(samples.hostile())
    assert text.isascii()
    assert "\\ud800" in loads(text).notes[0]


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("name", ["failing", "hostile"])
def test_every_format_can_be_written(name: str, format: str, tmp_path: Path) -> None:
    """A format's file holds what its writer returns, in UTF-8."""
    result = samples.SAMPLES[name]()
    write_file(result, format, tmp_path / "result")
    assert (tmp_path / "result").read_bytes().decode() == FORMATS[format](result)


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
