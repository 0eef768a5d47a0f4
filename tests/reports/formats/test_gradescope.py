"""results.json for Gradescope."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from support import samples

from grader.reports.formats import gradescope

# Gradescope's autograder specification, as far as it is used.
TEXT, NUMBER = {"type": "string"}, {"type": "number"}
VISIBILITY = {"enum": list(gradescope.VISIBILITIES)}
FORMAT = {"enum": ["text", "html", "simple_format", "md", "ansi"]}
TEST = {
    "score": NUMBER, "max_score": NUMBER, "status": {"enum": ["passed", "failed"]}, "name": TEXT,
    "name_format": FORMAT, "number": TEXT, "output": TEXT, "output_format": FORMAT,
    "tags": {"type": "array", "items": TEXT}, "visibility": VISIBILITY,
}  # fmt: skip
RESULTS = {
    "score": NUMBER, "execution_time": NUMBER, "output": TEXT, "output_format": FORMAT,
    "visibility": VISIBILITY, "stdout_visibility": VISIBILITY, "extra_data": {"type": "object"},
    "tests": {"type": "array", "items": {
        "type": "object", "properties": TEST, "required": list(TEST), "additionalProperties": False,
    }},
}  # fmt: skip
SCHEMA = {"type": "object", "properties": RESULTS, "additionalProperties": False}


def document(name: str, **options: str) -> Any:
    return json.loads(gradescope.dumps(samples.SAMPLES[name](), **options))


@pytest.mark.parametrize("name", samples.SAMPLES)
def test_every_result_keeps_to_the_specification(name: str) -> None:
    """Only fields that Gradescope knows, each of its kind."""
    jsonschema.validate(document(name), SCHEMA)


@pytest.mark.parametrize("name", samples.SAMPLES)
def test_without_a_mark_there_is_no_score(name: str) -> None:
    """Nobody gets a 0 for a fault of the grader's or for a part of a grading."""
    result, found = samples.SAMPLES[name](), document(name)
    assert found.get("score") == result.mark
    assert ("tests" in found) == (result.mark is not None)


def test_no_test_is_hidden() -> None:
    """Hiding one test would hide the total."""
    found = document("failing")
    assert {test["visibility"] for test in found["tests"]} == {"visible"}
    assert found["visibility"] == "visible"


def test_what_the_autograder_printed_is_shown_to_whom_the_teacher_likes() -> None:
    """The choice is handed on; another word is refused."""
    assert document("full")["stdout_visibility"] == "hidden"
    chosen = document("full", stdout_visibility="after_published")
    assert chosen["stdout_visibility"] == "after_published"
    with pytest.raises(ValueError, match="expected one of visible, hidden"):
        document("full", stdout_visibility="never")


def test_the_output_cannot_be_taken_over() -> None:
    """Every text is plain, without a control character."""
    for test in document("hostile")["tests"]:
        assert test["output_format"] == "text"
        assert all(line.isprintable() for line in test["output"].split("\n"))
