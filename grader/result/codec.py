"""The one way between what a grading finds and JSON, strict in both directions.

msgspec writes and reads the classes themselves: a field that is missing, unknown or of the
wrong type is an error that names it. docs/result.schema.json is made from the same classes.
"""

from __future__ import annotations

import re
from typing import Any, TypeVar

import msgspec

from grader.fact import writable
from grader.result.grade import SCHEMA_VERSION, GradeResult

Data = TypeVar("Data")


def encode(data: Any) -> bytes:
    """One line of JSON. Lone surrogates, which UTF-8 cannot write, become Python escapes."""
    try:
        return msgspec.json.encode(data)
    except UnicodeEncodeError:
        return msgspec.json.encode(_writable(msgspec.to_builtins(data)))


def learn(kind: type[Data] | Any) -> None:
    """Look into a kind of data while one thread runs.

    msgspec 0.22 does so when it first decodes one; two threads that do it at once can crash it.
    """
    msgspec.json.Decoder(kind)


def decode(text: bytes | str, kind: type[Data] | Any) -> Data:
    """The data of this kind that :func:`encode` wrote. Raises ValueError for anything else."""
    try:
        read: Data = msgspec.json.decode(text, type=kind)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    return read


def dumps(result: GradeResult) -> str:
    """A result as JSON for people and programs, in ASCII: no reader is led astray by it."""
    text = msgspec.json.format(encode(result), indent=2).decode()
    return re.sub("[^\x00-\x7e]", _escape, text) + "\n"


def loads(text: str) -> GradeResult:
    """The result that :func:`dumps` wrote. Raises ValueError with one line for anything else."""
    version = _version(text)
    if version != SCHEMA_VERSION:
        raise ValueError(f"schema version: expected {SCHEMA_VERSION}, got {version!r:.40}")
    result: GradeResult = decode(text, GradeResult)
    return result


def schema() -> dict[str, Any]:
    """The JSON schema of a result (draft 2020-12)."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Result of a grading",
        **msgspec.json.schema(GradeResult),
    }


class _Head(msgspec.Struct):
    schema_version: Any = None


def _version(text: str) -> object:
    head: _Head = decode(text, _Head)
    return head.schema_version


def _writable(data: Any) -> Any:
    """The same without lone surrogates."""
    if isinstance(data, str):
        return writable(data)
    if isinstance(data, dict):
        return {_writable(name): _writable(value) for name, value in data.items()}
    return [_writable(item) for item in data] if isinstance(data, list | tuple) else data


def _escape(character: re.Match[str]) -> str:
    units = character[0].encode("utf-16-be")
    pairs = zip(units[::2], units[1::2], strict=True)
    return "".join(f"\\u{high:02x}{low:02x}" for high, low in pairs)
