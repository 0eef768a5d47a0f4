"""The control questions: their pages, the key, and what is drawn for one student."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from submissions.mutants import tcp_client, tcp_server, udp_server
from support import samples
from support.gradings import REFERENCE

from grader import language
from grader.assignment import rubric
from grader.result.verdict import Verdict
from kit import defence, lines, pack, questions

each_language = pytest.mark.parametrize("lang", language.LANGUAGES)
MUTANTS = {
    "tcp_server.py": tcp_server.MUTANTS,
    "tcp_client.py": tcp_client.MUTANTS,
    "udp_server.py": udp_server.MUTANTS,
}
each_kind = pytest.mark.parametrize("kind", lines.KINDS, ids=lambda kind: kind.mutant)


@each_language
def test_every_question_has_a_key_and_a_task(lang: str) -> None:
    """About 25, numbered from 1 on, each about a task that there is."""
    found = questions.read(lang)
    assert [q.number for q in found] == list(range(1, len(found) + 1))
    assert 20 <= len(found) <= 30
    assert all(q.text.endswith(("?", ".")) and q.key for q in found)
    assert all(
        1 <= q.task <= max(row.task[v] for row in rubric.RUBRIC for v in row.task) for q in found
    )


def test_the_questions_are_the_same_in_each_language() -> None:
    """Of the same tasks, in the same order, and with the same names of functions."""
    pages = [questions.read(lang) for lang in language.LANGUAGES]
    for first, second in zip(*pages, strict=True):
        assert first.task == second.task
        assert set(re.findall("`[^`]+`", first.text)) == set(re.findall("`[^`]+`", second.text))


@each_language
def test_the_key_is_not_handed_out(lang: str) -> None:
    """Students get the questions alone."""
    files = pack.handout(pack.ROOT, lang)
    assert {"questions.md", "questions.ru.md"} <= files.keys()
    key = questions.read(lang)[0].key.split(".")[0].encode()
    assert not [name for name, data in files.items() if key in b" ".join(data.split())]


@each_kind
def test_a_line_matters_as_its_mutant_shows(kind: lines.Kind) -> None:
    """The mutant without it fails these checks, and the reference has such a line."""
    file = kind.variant.file(kind.role)
    (mutant,) = [one for one in MUTANTS[file] if one.name == kind.mutant]
    assert set(kind.checks) <= set(mutant.fails)
    found = [
        line for line in lines.that_matter(REFERENCE) if line.file == kind.variant.file(kind.role)
    ]
    assert any(re.fullmatch(kind.pattern, line.text) for line in found)


def test_a_line_is_named_as_it_stands(tmp_path: Path) -> None:
    """With its number and without its comment; other lines are none to ask about."""
    (tmp_path / "tcp_server.py").write_text("import socket\n\n  s.listen(5)  # wait\nprint(1)\n")
    (line,) = lines.that_matter(tmp_path)
    assert (line.file, line.number, line.text) == ("tcp_server.py", 3, "s.listen(5)")
    assert line.checks == ("tcp.starts",)


@each_language
def test_three_are_drawn_one_about_own_lines(lang: str) -> None:
    """Two of the list, and one about a line; the same seed draws the same ones."""
    language.use(lang)
    result = samples.full()
    drawn = [defence.drawn(result, REFERENCE, lang, random.Random(7)) for _ in range(2)]
    assert drawn[0] == drawn[1] and len(drawn[0]) == 3
    assert "reference" not in drawn[0][2].text and re.search(r"\w+\.py.*\d+.*`", drawn[0][2].text)
    assert all(asked.key for asked in drawn[0])
    others = {
        asked.text
        for n in range(30)
        for asked in defence.drawn(result, REFERENCE, lang, random.Random(n))
    }
    assert len(others) > 20


def test_a_check_that_failed_is_asked_about(tmp_path: Path) -> None:
    """Where no line is known, it is the third question."""
    result = samples.nearly()
    failed = [check.id for check in result.checks if check.verdict is Verdict.FAIL]
    asked = defence.drawn(result, tmp_path, "en", random.Random(1))
    assert len(asked) == 3 and any(f"The check {id_} failed" in asked[2].text for id_ in failed)


def test_without_own_lines_there_are_three_all_the_same(tmp_path: Path) -> None:
    """An untouched or strange submission is asked about the list alone."""
    assert len(defence.drawn(samples.full(), tmp_path, "en", random.Random(1))) == 3


def test_the_command_asks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of a stored result nothing is graded; with --key the key stands below each question."""
    from grader.reports import write_file

    write_file(samples.full(), "json", tmp_path / "result.json")
    words = [str(REFERENCE), "--result", str(tmp_path / "result.json"), "--seed", "3"]
    assert defence.main(words) == 0
    plain = capsys.readouterr().out
    assert plain.startswith("lab4: three questions, seed 3\n") and "Key:" not in plain
    assert len(re.findall(r"^\d\. ", plain, re.MULTILINE)) == 3
    assert defence.main([*words, "--key"]) == 0
    assert capsys.readouterr().out.count("   Key: ") == 3
