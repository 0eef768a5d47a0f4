"""Results as JSON: they come back as they were, and nothing else is taken for one."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from support import samples
from support.random_results import RESULTS

from grader.fact import Fact
from grader.result import codec
from grader.result.check import CheckResult
from grader.result.codec import decode, dumps, encode, loads
from grader.result.grade import GradeResult

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "docs" / "result.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
Change = Callable[[Any], object]
each_sample = pytest.mark.parametrize("name", samples.SAMPLES)


# There and back.


@each_sample
def test_a_result_comes_back_as_it_was(name: str) -> None:
    """Nothing is lost on the way, be it for programs or for people; see below for surrogates."""
    result = samples.SAMPLES[name]()
    if name == "hostile":
        result = loads(dumps(result))
    assert decode(encode(result), GradeResult) == result
    assert loads(dumps(result)) == result


@given(RESULTS)
@settings(
    max_examples=50,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_any_result_comes_back_as_it_was(result: GradeResult) -> None:
    """Whatever is in its fields, as far as its classes and the schema allow it."""
    assert decode(encode(result), GradeResult) == result
    assert loads(dumps(result)) == result
    VALIDATOR.validate(json.loads(dumps(result)))


@each_sample
def test_a_check_comes_back_alone(name: str) -> None:
    """A worker sends them one by one, a line each."""
    for check in samples.SAMPLES[name]().checks:
        line = encode(check)
        assert b"\n" not in line
        assert encode(decode(line, CheckResult)) == line


def test_lone_surrogates_become_escapes() -> None:
    """What UTF-8 cannot write does not keep a result from being written or read."""
    text = dumps(samples.hostile())
    assert text.isascii()
    result = loads(text)
    assert result.submission == "lab 4/" + samples.HOSTILE.replace("\ud800", "\\ud800")
    assert result.checks[4].title.endswith(samples.HOSTILE.replace("\ud800", "\\ud800"))


def test_people_and_programs_read_the_same() -> None:
    """The text for people has lines and is ASCII, also where characters have two units."""
    result = samples.failing()
    assert dumps(result).isascii() and len(dumps(result).splitlines()) > 100
    text = codec.dumps(samples.graded(submission="привет 🙂\x7f"))
    assert "\\ud83d\\ude42\\u007f" in text
    assert loads(text).submission == "привет 🙂\x7f"


# The schema.


@each_sample
def test_results_keep_to_the_schema(name: str) -> None:
    """Every result is valid by the published schema."""
    VALIDATOR.validate(json.loads(dumps(samples.SAMPLES[name]())))


def test_the_schema_is_one() -> None:
    """The schema itself is valid."""
    VALIDATOR.check_schema(SCHEMA)


def test_every_field_is_described() -> None:
    """Each class and field of the schema says what it means, here or where it refers to."""
    assert all("description" in each for each in SCHEMA["$defs"].values())
    for each in (each for each in SCHEMA["$defs"].values() if "properties" in each):
        assert each["additionalProperties"] is False
        assert sorted(each["required"]) == sorted(each["properties"])
        for name, field in each["properties"].items():
            assert "description" in field or "$ref" in field, name


# What is refused.


def _set(path: str, value: Any) -> Change:
    def change(document: Any) -> None:
        *parents, last = path.split("/")
        for part in parents:
            document = document[int(part) if part.isdigit() else part]
        document[last] = value

    return change


def _drop(path: str) -> Change:
    def change(document: Any) -> None:
        *parents, last = path.split("/")
        for part in parents:
            document = document[int(part) if part.isdigit() else part]
        del document[last]

    return change


CHECK, AT = "variants/0/checks/2", "$.variants[...].checks[...]"  # the first that failed
# What is changed, and what is said of it.
CHANGES: dict[str, tuple[Change, str]] = {
    "older": (_set("schema_version", 2), "schema version: expected 3, got 2"),
    "newer": (_set("schema_version", 4), "schema version: expected 3, got 4"),
    "no version": (_drop("schema_version"), "schema version: expected 3, got None"),
    "no number": (_set("schema_version", "3\n"), "schema version: expected 3, got '3\\n'"),
    "missing": (_drop("seed"), "missing required field `seed`"),
    "missing in a check": (_drop(f"{CHECK}/mistake"), f"field `mistake` - at `{AT}`"),
    "missing in a fact": (_drop(f"{CHECK}/got/arguments"), f"`arguments` - at `{AT}.got`"),
    "unknown": (_set("grade", 5), "unknown field `grade`"),
    "unknown in a check": (_set(f"{CHECK}/hint", ""), f"unknown field `hint` - at `{AT}`"),
    "id in a check": (_set(f"{CHECK}/id", "tcp.starts"), f"unknown field `id` - at `{AT}`"),
    "unknown in a fact": (_set(f"{CHECK}/got/text", ""), f"field `text` - at `{AT}.got`"),
    "text for a mark": (_set("mark", "61"), "got `str` - at `$.mark`"),
    "text for points": (_set(f"{CHECK}/points", "8"), f"got `str` - at `{AT}.points`"),
    "number for a star": (_set(f"{CHECK}/star", 1), f"got `int` - at `{AT}.star`"),
    "unknown verdict": (_set(f"{CHECK}/verdict", "OK"), f"value 'OK' - at `{AT}.verdict`"),
    "unknown evidence": (_set(f"{CHECK}/evidence", ["guessed"]), f"at `{AT}.evidence[...]`"),
    "unknown kind": (_set(f"{CHECK}/transcript/0/kind", "sleeps"), f"`{AT}.transcript[...].kind`"),
    "prose": (_set(f"{CHECK}/message", "it is late"), f"got `str` - at `{AT}.message`"),
    "truth in a fact": (_set(f"{CHECK}/got/arguments/texts", True), f"at `{AT}.got.arguments"),
    "object in a fact": (_set(f"{CHECK}/got/arguments/texts", {}), f"at `{AT}.got.arguments"),
    "no object": (_set("sandbox", None), "got `null` - at `$.sandbox`"),
    "no list": (_set("variants", {}), "got `object` - at `$.variants`"),
    "blank in a name": (_set(f"{CHECK}/name", "join notice"), f"at `{AT}.name`"),
    "dot in a variant": (_set(f"{CHECK}/variant", "tcp."), f"at `{AT}.variant`"),
    "no role": (_set(f"{CHECK}/roles", []), f"at `{AT}.roles`"),
    "negative points": (_set(f"{CHECK}/points", -1), f"at `{AT}.points`"),
    "no line": (
        _set(f"{CHECK}/place", {"file": "tcp_server.py", "line": 0}),
        f"at `{AT}.place.line`",
    ),
}


def _refusal(text: str | bytes) -> str:
    """What is said of a text that is no result."""
    with pytest.raises(ValueError, match=r"\A[^\n]+\Z") as caught:
        loads(text)
    return str(caught.value)


@pytest.mark.parametrize(("change", "said"), CHANGES.values(), ids=CHANGES)
def test_a_wrong_field_is_refused(change: Change, said: str) -> None:
    """Schema and reader both refuse what dumps would never write; the reader names the field."""
    document = json.loads(dumps(samples.failing()))
    change(document)
    assert not VALIDATOR.is_valid(document)
    line = _refusal(json.dumps(document))
    assert said in line.replace("[0]", "[...]").replace("[2]", "[...]")
    assert "\n" not in line


NO_RESULTS = {
    "nothing": "",
    "half": dumps(samples.partial())[:-100],
    "two": dumps(samples.partial()) * 2,
    "no JSON": "mark: 100\n",
    "Python": "{'schema_version': 3}",
    "not a number": '{"schema_version": NaN}',
    "a list": "[]",
    "null": "null",
    "a surrogate": '{"schema_version": 3, "submission": "\\ud800"}',
    "brackets": "[" * 100_000,
    "a version of brackets": '{"schema_version": ' + "[" * 100_000,
    "a field of brackets": '{"schema_version": 3, "notes": ' + "[" * 100_000,
    "an unknown field of objects": '{"x": ' + '{"x": ' * 100_000,
    "facts without end": '{"schema_version": 3, "notes": ['
    + '{"code": "x", "arguments": {"x": ' * 100_000,
}


@pytest.mark.parametrize("text", NO_RESULTS.values(), ids=NO_RESULTS)
def test_what_is_no_result_is_refused(text: str) -> None:
    """It is one line, however much there is and however deep."""
    line = _refusal(text)
    assert line and "\n" not in line and len(line) < 500


def test_facts_in_facts_have_an_end() -> None:
    """A result with more of them is refused where they are."""
    document = json.loads(dumps(samples.failing()))
    deep: Any = "text"
    for _level in range(20):
        deep = {"code": "verbatim", "arguments": {"text": deep}}
    document["notes"] = [deep]
    assert "facts in one another, got more - at `$.notes[0].arguments" in _refusal(
        json.dumps(document)
    )


def test_bytes_that_are_no_text_are_refused() -> None:
    """What a process sends need not be UTF-8."""
    with pytest.raises(ValueError, match="utf-8"):
        decode(b'{"code": "\xff", "arguments": {}}', Fact)
