"""Results that Hypothesis makes up, from what the classes say of their fields."""

from __future__ import annotations

import enum
import types
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
from hypothesis import strategies as st

from grader.fact import MAX_DEPTH, Fact
from grader.result.grade import GradeResult

# Without lone surrogates: JSON cannot write them.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
PLAIN = {
    str: TEXTS,
    bool: st.booleans(),
    int: st.integers(),
    float: st.floats(allow_nan=False, allow_infinity=False),
    type(None): st.none(),
}


def facts(depth: int = MAX_DEPTH) -> st.SearchStrategy[Fact]:
    """Facts of all arguments that there may be, so many of them in one another."""
    arguments = [TEXTS, PLAIN[int], PLAIN[float], st.lists(TEXTS, max_size=3).map(tuple)]
    if depth > 1:
        arguments.append(st.deferred(lambda: facts(depth - 1)))
    return st.builds(Fact, TEXTS, st.dictionaries(TEXTS, st.one_of(arguments), max_size=3))


def of(kind: Any) -> st.SearchStrategy[Any]:
    """Anything that a field of this type may hold."""
    origin, arguments = get_origin(kind), get_args(kind)
    if kind is Fact:
        made: Any = facts()
    elif kind in PLAIN:
        made = PLAIN[kind]
    elif origin is Annotated:
        made = _ruled(*arguments)
    elif origin is Literal:
        made = st.sampled_from(arguments)
    elif origin in (Union, types.UnionType):
        made = st.one_of(map(of, arguments))
    elif origin is tuple:
        made = st.lists(of(arguments[0]), max_size=2).map(tuple)
    elif issubclass(kind, enum.Enum):
        made = st.sampled_from(kind)
    else:
        hints = get_type_hints(kind, include_extras=True)
        made = st.builds(kind, **{name: of(hints[name]) for name in kind.__struct_fields__})
    return made


def _ruled(kind: Any, *rules: msgspec.Meta) -> st.SearchStrategy[Any]:
    """What keeps to the rules of a field as well."""
    made = of(kind)
    for rule in rules:
        if rule.pattern is not None:
            made = st.from_regex(rule.pattern.replace("$", r"\Z"))
        if rule.ge is not None:
            made = made.map(abs) if rule.ge == 0 else st.integers(min_value=int(rule.ge))
        if rule.min_length is not None:
            made = made.filter(lambda value, least=rule.min_length: len(value) >= least)
    return made


RESULTS: st.SearchStrategy[GradeResult] = of(GradeResult)
