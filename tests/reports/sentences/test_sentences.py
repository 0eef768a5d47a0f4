"""Facts in words: every one can be said, in every language, and none is obeyed."""

from __future__ import annotations

import string
from collections import Counter

import pytest

from grader import language
from grader.fact import MAX_DEPTH, Argument, Fact, fact
from grader.language import Sentence
from grader.reports.sentences import KNOWN, SENTENCES, hint, say
from grader.reports.sentences.asked_for import ASKED_FOR
from grader.reports.sentences.causes import CAUSES
from grader.reports.sentences.classes import CLASSES
from grader.reports.sentences.failures import FAILURES
from grader.reports.sentences.handed_in import HANDED_IN
from grader.reports.sentences.hints import HINTS
from grader.reports.sentences.machine import MACHINE
from grader.reports.sentences.own import OWN
from grader.reports.sentences.steps import STEPS
from grader.reports.sentences.values import VALUES

TABLES = (STEPS, FAILURES, CAUSES, VALUES, HANDED_IN, ASKED_FOR, MACHINE, CLASSES, OWN)
HOSTILE = (
    *("{0.__class__}", "{name.__init__.__globals__}", "{", "}}", "{count!r:>999999}", "%(name)s"),
    *("a\nb", "\x1b[31m", "\ud800", "", "it's", 'say "it\'s"', "x" * 100_000),
)
each_code = pytest.mark.parametrize("code", SENTENCES)
each_language = pytest.mark.parametrize("lang", language.LANGUAGES)


def forms(sentence: Sentence) -> tuple[str, ...]:
    """The forms of a sentence: one, or singular and plural."""
    return sentence if isinstance(sentence, tuple) else (sentence,)


def arguments(code: str) -> dict[str, Argument]:
    """Arguments such as the sentence of this code has, each unlike the others."""
    made: dict[str, Argument] = {}
    for _text, name, form, _quoted in string.Formatter().parse(forms(SENTENCES[code])[-1]):
        if name in KNOWN:
            continue
        if name == "texts":
            made[name] = ("first one", "second one")
        elif name and (form or name == "count"):
            made[name] = 7
        elif name:
            made[name] = f"a {name}"
    return made


@each_language
@each_code
def test_every_fact_can_be_said(code: str, lang: str) -> None:
    """The sentence has all arguments in it, and nothing is left of its placeholders."""
    language.use(lang)
    values = arguments(code)
    said = say(Fact(code, values))
    for value in values.values():
        for text in value if isinstance(value, tuple) else (value,):
            assert str(text) in said
    assert said and not set(said) & set("{}")
    assert not said.startswith(f"{code},")


def test_a_sentence_takes_texts_and_numbers_alone() -> None:
    """No placeholder reaches into an object or has no name."""
    for form in (form for sentence in SENTENCES.values() for form in forms(sentence)):
        for _text, name, _form, _quoted in string.Formatter().parse(form):
            assert name is None or name.isidentifier()


def test_no_code_is_in_two_tables() -> None:
    """The tables are put together to one."""
    found = Counter(code for table in TABLES for code in table)
    assert [code for code, times in found.items() if times > 1] == []
    assert found.keys() == SENTENCES.keys()


def test_hints_are_for_failures() -> None:
    """A hint for anything else would never be given."""
    assert HINTS.keys() <= FAILURES.keys()


@each_language
def test_a_hint_is_said_as_it_is(lang: str) -> None:
    """It takes no arguments: what looks like a placeholder would be shown."""
    language.use(lang)
    for code, text in HINTS.items():
        assert hint(fact(code)) == language._(text)
        assert text and not set(text) & set("{}")


@pytest.mark.parametrize("failure", [None, fact("server-ended"), fact("of-another-rubric")])
def test_not_every_failure_has_a_hint(failure: Fact | None) -> None:
    """Where there is none nothing is said."""
    assert hint(failure) == ""


def test_there_is_nothing_to_say_about_nothing() -> None:
    """A field without a fact is empty."""
    assert say(None) == ""


def test_an_unknown_code_is_shown_as_it_is() -> None:
    """A result of another rubric can still be read."""
    assert say(fact("hat-lost")) == "hat-lost"
    found = fact("hat-lost", name="bob", count=3, hats=("a", "b"), why=fact("came-twice"))
    assert say(found) == "hat-lost, name bob, count 3, hats a, b, why it came twice"


def test_the_command_is_the_one_to_type() -> None:
    """Where a sentence proposes to grade something, it says how that is done from here."""
    given = fact("others-to-grade", path="x", files="y", there="z", arguments="--server z")
    assert f"{KNOWN['command']} --server z" in say(given)


def test_a_missing_argument_is_no_error() -> None:
    """What there is, is shown, where the sentence needs more."""
    for code in SENTENCES:
        whole = arguments(code)
        for missing in whole:
            rest = {name: value for name, value in whole.items() if name != missing}
            assert say(Fact(code, rest)).startswith(code)


@pytest.mark.parametrize(
    "value", [*HOSTILE, 0, -1.5, float("inf"), float("nan"), 10**400, ()], ids=ascii
)
def test_no_argument_makes_it_raise(value: Argument) -> None:
    """Texts in place of numbers, numbers in place of texts: something is said."""
    for code in SENTENCES:
        assert say(Fact(code, dict.fromkeys(arguments(code), value))) or value in ("", ())


def test_an_argument_too_many_is_left_out() -> None:
    """A later rubric may tell more than this sentence needs."""
    assert say(fact("connects", name="bob", port=14901)) == "bob connects"


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_a_text_is_never_a_sentence(text: str) -> None:
    """What a submission wrote is put in as it is, or quoted, and is not read as a placeholder."""
    assert say(Fact("connects", {"name": text})) == f"{text} connects"
    assert say(Fact("once", {"text": text})) == f"{text!r} once"
    assert say(Fact(f"x{text}", {text: text})) == f"x{text}, {text} {text}"


@each_language
def test_a_hostile_code_finds_no_sentence(lang: str) -> None:
    """The empty text has the head of the catalog for a translation; a code is not looked up."""
    language.use(lang)
    assert say(fact("", name="bob")) == ", name bob"
    assert say(fact("{name} connects", name="bob")) == "{name} connects, name bob"


def test_a_fact_is_said_in_another_one() -> None:
    """What came is a sentence of its own."""
    came = fact("then-closed", came=fact("text", text="name\n"))
    assert say(came) == "'name\\n' (then the connection was closed)"


def test_facts_as_deep_as_may_be() -> None:
    """The innermost one is still said."""
    nested = fact("connects", name="bob")
    for _level in range(MAX_DEPTH - 1):
        nested = fact("verbatim", text=nested)
    assert say(nested) == "bob connects"


def test_several_texts() -> None:
    """They are quoted where the sentence quotes, one by one."""
    assert say(fact("texts", texts=("a", "it's"))) == "'a', \"it's\""
    assert say(fact("texts-without-newline", texts=("a",), text="b")) == (
        "'a', 'b' (without a newline)"
    )


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "it came 0 times"),
        (1, "it came 1 time"),
        (2, "it came 2 times"),
        (1.5, "it came 1.5 times"),
    ],
)
def test_number_of_times(count: float, said: str) -> None:
    """One has a form of its own."""
    assert say(fact("came-times", count=count)) == said


def test_a_share_is_a_percentage() -> None:
    """A number may have a form."""
    assert say(fact("busy-share", share=0.987)).startswith(
        "it runs, or waits for a processor, 99% of the time"
    )
