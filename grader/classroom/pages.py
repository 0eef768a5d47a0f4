"""A page for each person: all about their own work, nothing about others, nothing of the teacher's.

What passed is shown without its transcript, and of a long one the middle is left out, so that the
pages of hundreds fit into a mail box. A page is written only when something on it has changed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from msgspec.structs import replace

from grader import language, reports
from grader.classroom import rows
from grader.classroom.keys import GRADER, fingerprint
from grader.classroom.page.page import STUDENTS
from grader.classroom.rows import How, Row
from grader.classroom.store import Store
from grader.fact import fact
from grader.reports.html import page
from grader.reports.wording import replay
from grader.result import codec
from grader.result.check import CheckResult, Event
from grader.result.grade import GradeResult
from grader.result.verdict import EventKind, Verdict

MOST = 120  # events of a check
STAMPS = ".pages.json"  # what each page was made of
COMMAND = "python3 noxfile.py -s grade --"  # where the student has unpacked the kit
FOLDER = "lab4"


def write(store: Store, how: How, made: list[Row]) -> int:
    """Write the pages that have changed, and remove those of nobody; returns how many there are."""
    folder = store.folder / STUDENTS
    folder.mkdir(exist_ok=True)
    before, now = _stamps(folder / STAMPS), {}
    for row in made:
        target = folder / file_name(row.person.id)
        if row.result is None or row.person.forgotten:
            target.unlink(missing_ok=True)
            continue
        stamp = now[target.name] = _stamp(row, how)
        if before.get(target.name) != stamp or not target.exists():
            result = rows.whole(store, how, row)
            if result is not None:
                reports.write_whole(target, text(result).encode("utf-8", "backslashreplace"))
    for name in before.keys() - now.keys():
        (folder / name).unlink(missing_ok=True)
    reports.write_whole(folder / STAMPS, json.dumps(now).encode())
    return len(now)


def file_name(id_: str) -> str:
    """What the page of a person is called."""
    return f"{id_}.html"


def text(result: GradeResult) -> str:
    """The page of a result, as it is sent back."""
    shown = trimmed(result)
    theirs = replace(shown, submission=FOLDER)
    return page.text(shown, lambda check: replay(theirs, check, COMMAND))


def trimmed(result: GradeResult) -> GradeResult:
    """The result without what a student hardly reads."""
    variants = (replace(v, checks=tuple(map(_trimmed, v.checks))) for v in result.variants)
    return replace(result, variants=tuple(variants))


def _trimmed(check: CheckResult) -> CheckResult:
    if check.verdict is Verdict.PASS:
        return replace(check, transcript=())
    events = check.transcript
    if len(events) <= MOST:
        return check
    half = MOST // 2
    omitted = fact("events-omitted", count=len(events) - 2 * half)
    middle = Event(events[half].at, EventKind.OMITTED, "", "", omitted, False)
    return replace(check, transcript=(*events[:half], middle, *events[-half:]))


def _stamp(row: Row, how: How) -> str:
    """What stands for all that is on a page."""
    parts = [language.in_use(), row.person.name, row.digest, fingerprint(), _of_reports()]
    parts += [codec.encode(part).decode() for part in (how.options, how.rules, row.decisions)]
    parts += [how.keep, how.count, str(row.mark), *row.unsteady]
    parts.append(str(row.result and row.result.duration_s))  # graded again, it is another one
    return hashlib.sha256("\0".join(parts).encode("utf-8", "backslashreplace")).hexdigest()[:32]


def _of_reports() -> str:
    """What stands for how pages are made here."""
    paths = [*(GRADER / "reports").rglob("*.j2"), *(GRADER / "reports").rglob("*.py")]
    return str(max(path.stat().st_mtime_ns for path in paths))


def _stamps(path: Path) -> Mapping[str, str]:
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
