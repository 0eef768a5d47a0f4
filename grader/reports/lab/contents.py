"""What stands in a lab report, in the language in use; the page and the document lay it out."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grader import language
from grader.language import N_, _
from grader.reports.formats.plain import mark_line
from grader.reports.wording import number
from grader.result.grade import GradeResult
from grader.result.recording import Recording
from grader.result.verdict import Verdict

ROOT = Path(__file__).resolve().parents[3]
ITEM = re.compile(r"^(\d+)\. ((?:.|\n(?! *\n|\d+\. |#))*)", re.MULTILINE)
TASK = re.compile(r"\((\d+)\) ")
ANSWERS = "answers.md"  # beside the programs, a numbered list
AIM = N_(
    "To write a chat for many users with the modules socket and threading, and to learn how "
    "programs talk over TCP and UDP, how a stream of bytes is split into messages, and how "
    "threads share data."
)
TASK_TEXT = N_(
    "A chat for two or for many users. threading is mandatory. Over TCP: connections, and "
    "receiving from and sending to all users, run in threads; the server keeps its users. Over "
    "UDP: the client receives in a thread. TCP is worth 100 % of the mark, UDP 80 %."
)
MOMENTS = {
    "joined": N_("The server runs; alice and bob have joined"),
    "talked": N_("alice and bob have sent a message each"),
    "left": N_("bob has left: alice gets the leave notice"),
}


class NotFilled(Exception):
    """A document cannot be filled; the text says why."""


@dataclass(frozen=True)
class Student:
    """Who hands the report in, and where; empty is a line to fill in by hand."""

    name: str = ""
    group: str = ""
    teacher: str = ""
    university: str = ""


@dataclass(frozen=True)
class Report:
    """All that a report is made of."""

    student: Student
    result: GradeResult
    recordings: tuple[Recording, ...] = ()
    listings: tuple[tuple[str, str], ...] = ()  # the files, with their text
    answers: Mapping[int, str] = field(default_factory=dict)


def items(text: str) -> dict[int, str]:
    """The items of the numbered lists in a page, each in one line."""
    return {int(number): " ".join(item.split()) for number, item in ITEM.findall(text)}


def questions() -> dict[int, str]:
    """The control questions in the language in use; none where their page is not there."""
    lang = language.in_use()
    path = ROOT / ("questions.md" if lang == "en" else f"questions.{lang}.md")
    try:
        found = items(path.read_text(encoding="utf-8"))
    except OSError:
        return {}
    return {at: TASK.sub("", text, count=1) for at, text in found.items()}


def answers(folder: Path) -> dict[int, str]:
    """The student's answers, by the number of their question; none where there is no page."""
    try:
        return items((folder / ANSWERS).read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return {}


def values(report: Report) -> dict[str, Any]:
    """Every part of the report by the name that a document's placeholder has."""
    return {
        "name": report.student.name,
        "group": report.student.group,
        "teacher": report.student.teacher,
        "university": report.student.university,
        "year": datetime.date.today().year,  # noqa: DTZ011 (of where the student is)
        "title": _("The chat lab"),
        "aim": _(AIM),
        "task": _(TASK_TEXT),
        "mark": mark_line(report.result),
        "variants": [
            {
                "name": variant.name.upper(),
                "points": number(variant.points),
                "stars": variant.stars,
                "passed": sum(check.verdict is Verdict.PASS for check in variant.checks),
                "checks": len(variant.checks),
            }
            for variant in report.result.variants
            if variant.is_begun
        ],
        "listings": [{"file": file, "text": text} for file, text in report.listings],
        "pictures": [
            {
                "variant": recording.variant.upper(),
                "caption": _(MOMENTS[picture.moment]),
                "windows": picture.windows,
            }
            for recording in report.recordings
            for picture in recording.pictures
        ],
        "questions": [
            {"number": at, "text": text, "answer": report.answers.get(at, "")}
            for at, text in questions().items()
        ],
    }
