"""The result as JSON, one document a grading; docs/result.schema.json describes it."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, fields, is_dataclass
from enum import Enum
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from grader.result.verdict import SCHEMA_VERSION, GradeResult


def dumps(result: GradeResult) -> str:
    """Return the result as JSON text, in ASCII so that no reader can be led astray by it.

    Lone surrogates, which UTF-8 cannot write, become their Python escapes.
    """
    return json.dumps(_writable(asdict(result)), indent=2, allow_nan=False) + "\n"


def loads(text: str) -> GradeResult:
    """Return the result that :func:`dumps` wrote.

    Raises ValueError for anything else: a field that is missing, unknown or of the
    wrong type, or another schema version.
    """
    result = _read(GradeResult, json.loads(text), "result")
    if result.schema_version != SCHEMA_VERSION:
        raise ValueError(f"schema version: expected {SCHEMA_VERSION}, got {result.schema_version}")
    assert isinstance(result, GradeResult)
    return result


def _writable(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode("utf-8")
    if isinstance(value, Mapping):
        return {key: _writable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_writable(item) for item in value]
    return value


def _read(kind: Any, value: Any, where: str) -> Any:
    """Return ``value`` as an instance of ``kind``, one of the types in grader.result.verdict."""
    if is_dataclass(kind) and isinstance(kind, type):
        return _read_object(kind, value, where)
    if get_origin(kind) is tuple:
        return _read_list(get_args(kind)[0], value, where)
    if get_origin(kind) in (Union, UnionType):
        present = next(option for option in get_args(kind) if option is not type(None))
        return None if value is None else _read(present, value, where)
    if issubclass(kind, Enum):
        try:
            return kind(value)
        except ValueError:
            words = ", ".join(member.value for member in kind)
            raise _wrong(where, f"one of {words}", value) from None
    if kind is float and type(value) in (int, float) and math.isfinite(value):
        return value
    if type(value) is not kind:
        raise _wrong(where, kind.__name__, value)
    return value


def _read_object(kind: type[Any], value: Any, where: str) -> Any:
    if not isinstance(value, dict):
        raise _wrong(where, "an object", value)
    names = {field.name for field in fields(kind)}
    if names != value.keys():
        missing, unknown = sorted(names - value.keys()), sorted(value.keys() - names)
        raise ValueError(f"{where}: missing fields {missing}, unknown fields {unknown}")
    types = get_type_hints(kind)
    return kind(**{name: _read(types[name], value[name], f"{where}.{name}") for name in value})


def _read_list(kind: Any, value: Any, where: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise _wrong(where, "a list", value)
    return tuple(_read(kind, item, f"{where}[{i}]") for i, item in enumerate(value))


def _wrong(where: str, expected: str, value: Any) -> ValueError:
    return ValueError(f"{where}: expected {expected}, got {value!r:.80}")
