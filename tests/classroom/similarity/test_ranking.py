"""Copies are above what was written independently, whatever was done to hide them."""

from __future__ import annotations

import ast
import io
import keyword
import re
import tokenize
from collections.abc import Callable, Mapping
from functools import cache

import pytest
from support.worlds import ROOT

from grader.classroom.similarity import sources
from grader.classroom.similarity.ranking import ranked, weights
from grader.classroom.similarity.winnow import Place, prints

PROGRAMS = ROOT / "tests" / "submissions"
ORIGINAL = "queue-for-each-client"
MANY = 30


@cache
def independent() -> dict[str, dict[str, str]]:
    """Thirty programs by different hands, and the one that is copied."""
    folders = [PROGRAMS / "correct" / ORIGINAL]
    for kind in ("correct", "broken"):
        folders += sorted((PROGRAMS / "strangers" / kind).iterdir())
    found: dict[str, dict[str, str]] = {}
    for folder in folders:
        texts = {path.name: path.read_text("utf-8") for path in folder.glob("*.py")}
        if "tcp_server.py" in texts and len(found) <= MANY:
            found[folder.name] = texts
    return found


@cache
def independent_prints() -> dict[str, dict[int, Place]]:
    """Their fingerprints."""
    return {name: prints(texts) for name, texts in independent().items()}


def renamed(source: str) -> str:
    """All names but those of the language and of attributes are others."""

    def other(token: tokenize.TokenInfo, before: str) -> str:
        mine = token.type == tokenize.NAME and not keyword.iskeyword(token.string)
        return f"x_{token.string}" if mine and before != "." else token.string

    read = list(tokenize.generate_tokens(io.StringIO(source).readline))
    befores = ["", *(token.string for token in read)]
    made = [(t.type, other(t, before)) for t, before in zip(read, befores, strict=False)]
    return tokenize.untokenize(made)


def without_comments(source: str) -> str:
    """Neither comments nor docstrings are left, and it is laid out anew."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node):
            node.body = node.body[1:] or [ast.Pass()]
    return ast.unparse(tree)


def reordered(source: str) -> str:
    """Functions and classes stand in the reverse order."""
    tree = ast.parse(source)
    places = [n for n, node in enumerate(tree.body) if isinstance(node, ast.FunctionDef)]
    functions = [tree.body[place] for place in reversed(places)]
    for place, function in zip(places, functions, strict=True):
        tree.body[place] = function
    return ast.unparse(tree)


def with_junk(source: str) -> str:
    """Functions that nobody calls stand between all others, and statements that do nothing."""
    tree = ast.parse(reordered(source))
    body: list[ast.stmt] = []
    for number, node in enumerate(tree.body):
        body.append(node)
        if isinstance(node, ast.FunctionDef):
            node.body[1:1] = ast.parse(f"unused_{number} = [{number}]").body
            body += ast.parse(f"def spare_{number}(a):\n    return a + {number} * len(str(a))").body
    return ast.unparse(ast.Module(body, []))


DISGUISES: Mapping[str, Callable[[str], str]] = {
    "as it is": str,
    "names changed": renamed,
    "comments removed": without_comments,
    "functions reordered": reordered,
    "junk in between": with_junk,
    "all of it": lambda source: renamed(with_junk(without_comments(source))),
}


@pytest.mark.parametrize("disguise", DISGUISES)
def test_a_copy_is_on_top(disguise: str) -> None:
    """Above every pair of thirty programs that were written independently."""
    copy = {n: DISGUISES[disguise](text) for n, text in independent()[ORIGINAL].items()}
    of_class = {**independent_prints(), "copy": prints(copy)}
    assert len(of_class) == MANY + 2
    first, second = ranked(of_class, {}, sources.given())[:2]
    assert {first.one, first.other} == {"copy", ORIGINAL}
    assert first.score > 1.2 * second.score


def test_what_everybody_was_given_does_not_count() -> None:
    """Two who have hardly begun are not alike."""
    from kit import skeleton

    given = skeleton.build(ROOT / "reference")
    of_class = {name: prints(given) for name in ("alice", "bob", "carol")}
    assert ranked(of_class, {}, sources.given()) == []


def test_a_model_is_found() -> None:
    """Somebody who hands in the reference is close to it."""
    files = {path.name: path.read_text("utf-8") for path in (ROOT / "reference").glob("tcp*.py")}
    first = ranked({"alice": prints(files)}, sources.models(), sources.given())[0]
    assert (first.other, first.score > 0.9) == (sources.REFERENCE, True)


def test_a_team_is_no_pair() -> None:
    """What they handed in together is one thing."""
    of_class = {name: independent_prints()[ORIGINAL] for name in ("alice", "bob")}
    assert ranked(of_class, {}, frozenset(), frozenset({("alice", "bob")})) == []
    assert len(ranked(of_class, {}, frozenset())) == 1


def test_what_most_have_weighs_nothing() -> None:
    """In a class of more than a few; what one alone has weighs most."""
    everybody = [{1: Place("a", 1, 1), n: Place("a", 1, 1)} for n in range(2, 8)]
    found = weights(everybody)
    assert found[1] == 0 and found[2] == max(found.values())
    assert re.fullmatch(r"1\.9\d+", str(found[2]))
