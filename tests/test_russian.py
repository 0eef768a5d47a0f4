"""A whole grading in Russian: no sentence of ours is left in English."""

from __future__ import annotations

import html
import io
import re
from pathlib import Path

from submissions.mutants import tcp_server
from support import gradings
from support.watcher import request

from grader import language, reports
from grader.grading.runner import grade
from grader.reports.terminal import screen
from grader.reports.terminal.console import make_console
from grader.result.grade import GradeResult
from kit import translations

FORMATS = ("markdown", "junit", "gradescope", "html", "github", "lines")
MUTANT = "announces-leave-twice"


def graded(folder: Path) -> GradeResult:
    """What all checks over TCP find in a mutant."""
    mutant = next(mutant for mutant in tcp_server.MUTANTS if mutant.name == MUTANT)
    source = mutant.source("tcp_server.py", gradings.REFERENCE)
    gradings.write_submission(folder, {"tcp_server.py": source})
    asked = request(folder, label="lab4", variants=("tcp",), seed=gradings.SEED)
    return grade(asked, gradings.Silence())


def english() -> set[str]:
    """Every piece of more than three words of what is to be translated."""
    found = set()
    for message in translations.read("ru"):
        ids = (message.id,) if isinstance(message.id, str) else message.id
        for piece in (piece for id_ in ids for piece in re.split(r"{\w+}", id_)):
            words = " ".join(piece.split())
            if words.count(" ") >= 3:
                found.add(words)
    return found


def english_words(text: str) -> list[str]:
    """Three English words in a row that are neither quoted nor part of a command."""
    lines = [line for line in text.splitlines() if "noxfile.py" not in line]
    plain = re.sub(r"'[^']*'|`[^`]*`|\S*[=_.()/|\\]\S*", " · ", "\n".join(lines))
    return re.findall(r"(?:\b[A-Za-z]{2,}\b[ ,]+){3,}", plain)


def test_nothing_is_left_in_english(tmp_path: Path) -> None:
    """In no format, and in no transcript, is there a sentence that has a translation."""
    result = graded(tmp_path)
    language.use("ru")
    page = io.StringIO()
    screen.show(result, make_console(page, width=100), trace=True)
    made = (reports.dumps(result, name) for name in FORMATS)
    texts = [page.getvalue(), *map(html.unescape, made)]
    known = english()
    assert "two messages in one segment" in " ".join(known)
    for text in texts:
        shown = " ".join(text.split())
        assert not [words for words in known if words in shown]
        assert re.search("[а-я]{5}", shown) or "\\u04" in shown
    assert "уведомление об уходе должно прийти ровно один раз" in texts[0]
    plain = io.StringIO()  # diagrams are full of what was said
    screen.show(result, make_console(plain, width=100))
    assert not english_words(plain.getvalue())
    assert "уведомление об уходе отправляется дважды" in texts[0]  # the classic mistake
    assert "tasks.ru.md, задание 7" in texts[0]
    assert "--trace --lang ru\n" in texts[0]  # English is what this machine is set to
