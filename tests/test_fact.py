"""Facts: a code with arguments, which JSON can write and everybody can walk through."""

from __future__ import annotations

import msgspec
import pytest

from grader.chat.failure import Unmet
from grader.fact import (
    MAX_DEPTH,
    Argument,
    Fact,
    FactError,
    MachineError,
    fact,
    quoted,
    writable,
)
from grader.sandbox.levels import Unavailable
from grader.submission.intake import NotFound

# What Python may have in a text and UTF-8 cannot write, and what becomes of it.
SURROGATES = ("a\ud800b\udcff", "a\\ud800b\\udcff")


def nested(depth: int) -> Fact:
    """So many facts in one another."""
    made = fact("came-twice")
    for _level in range(depth - 1):
        made = fact("then-closed", came=made)
    return made


def test_a_fact_has_its_arguments_by_name() -> None:
    """Texts, numbers, several texts and other facts."""
    came = fact("came-twice")
    made = fact("x", text="a", count=1, share=0.5, texts=("a", "b"), came=came)
    assert made.code == "x"
    assert made.arguments == {
        "text": "a",
        "count": 1,
        "share": 0.5,
        "texts": ("a", "b"),
        "came": came,
    }


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        SURROGATES,
        ((SURROGATES[0], "c"), (SURROGATES[1], "c")),
        ("привет 🙂", "привет 🙂"),
        (1, 1),
        (0.5, 0.5),
        (Fact("came-twice", {}), Fact("came-twice", {})),
    ],
    ids=ascii,
)
def test_texts_become_writable(value: Argument, kept: Argument) -> None:
    """A lone surrogate becomes a Python escape; everything else stays as it is."""
    assert fact("x", value=value).arguments == {"value": kept}


def test_writable() -> None:
    """Only what UTF-8 cannot write is another text afterwards."""
    assert writable(SURROGATES[0]) == SURROGATES[1]
    assert writable("\x00\n\\ud800") == "\x00\n\\ud800"


def test_quoted() -> None:
    """What came is one text or several; or nothing, which is a fact of its own."""
    assert quoted("a", "b") == fact("texts", texts=("a", "b"))
    assert quoted() == fact("nothing")


def test_depth() -> None:
    """It is the number of facts on the longest way inwards."""
    assert [nested(depth).depth for depth in (1, 2, 3)] == [1, 2, 3]
    assert fact("x", one=fact("y"), other=nested(3)).depth == 4


def test_facts_are_not_nested_too_deeply() -> None:
    """Whoever says a fact goes through all that are in it: there is an end to them."""
    assert nested(MAX_DEPTH).depth == MAX_DEPTH
    with pytest.raises(ValueError, match=f"at most {MAX_DEPTH} facts in one another"):
        nested(MAX_DEPTH + 1)


def test_a_field_that_is_nested_too_deeply_is_named() -> None:
    """Reading JSON says where it is."""
    data = b'{"code":"x","arguments":{"a":' * 20 + b"1" + b"}}" * 20
    with pytest.raises(ValueError, match=r"facts in one another, got more - at `\$\.arguments"):
        msgspec.json.decode(data, type=Fact)


@pytest.mark.parametrize("kind", [FactError, MachineError, Unmet, NotFound, Unavailable])
def test_an_error_has_its_fact(kind: type[FactError]) -> None:
    """Whoever catches it says the fact; where nobody does, a traceback shows the code."""
    why = fact("port-taken", port=14901)
    error = kind(why)
    assert isinstance(error, FactError)
    assert error.fact is why
    assert str(error) == "port-taken"


def test_what_the_machine_lacks_is_no_failure() -> None:
    """A check that ends by it is neither failed nor skipped."""
    assert not issubclass(MachineError, Unmet) and not issubclass(Unmet, MachineError)


def test_facts_do_not_change() -> None:
    """A fact cannot be made into another one."""
    with pytest.raises(AttributeError):
        fact("x").code = "y"  # type: ignore[misc]
