"""What goes back to students: a short text for a worksheet, and a zip with everybody's page."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from grader.classroom.page.page import STUDENTS
from grader.classroom.pages import file_name
from grader.classroom.rows import Row
from grader.language import _
from grader.reports.escape import visible
from grader.reports.wording import number
from grader.result.verdict import Verdict

NAME = "feedback.html"
WHEN = (2020, 1, 1, 0, 0, 0)  # the same pages make the same zip
CANVAS = re.compile(r"([^_]+(?:_late)?_\w+?_\d+)_.+", re.IGNORECASE)
MOST = 12  # checks that are named


def text(row: Row) -> str:
    """A line or two about a row, for a cell of a worksheet."""
    if row.mark is None:
        return ""
    said = [_("{mark} of {full}").format(mark=number(row.mark), full=number(row.full))]
    if row.result is not None:
        begun = (check for v in row.result.variants if v.is_begun for check in v.checks)
        bad = [c.id for c in begun if not c.star and c.verdict is not Verdict.PASS]
        if bad:
            names = ", ".join(bad[:MOST]) + (", …" if len(bad) > MOST else "")
            said.append(_("not passed: {names}").format(names=names))
    decided = (visible(one.reason, 200) for one in row.decisions)
    said += [_("decided by the teacher: {reason}").format(reason=reason) for reason in decided]
    return ". ".join(said)


def archive(rows: Sequence[Row], folder: Path, ids: Sequence[str] = ()) -> bytes:
    """A zip with the pages, under the names by which an LMS knows whose they are.

    ``ids`` are those that the pages are called by, where they are not those of the rows.
    """
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, path in sorted(names(rows, folder, ids).items()):
            entry = zipfile.ZipInfo(name, WHEN)
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, path.read_bytes())
    return file.getvalue()


def names(rows: Sequence[Row], folder: Path, ids: Sequence[str] = ()) -> Mapping[str, Path]:
    """Where each page goes in the zip. A team has one place, and one page there."""
    found: dict[str, Path] = {}
    for row, id_ in zip(rows, ids or [row.person.id for row in rows], strict=True):
        path = folder / STUDENTS / file_name(id_)
        if row.result and path.is_file():
            found.setdefault(place(row), path)
    return found


def place(row: Row) -> str:
    """The name of somebody's page in the zip: as Moodle or Canvas called what was handed in."""
    handed_in = row.person.place
    parts = handed_in.split("_", 4)
    if len(parts) >= 4 and parts[1].isdigit() and parts[2] == "assignsubmission":
        if len(parts) > 4 and parts[4]:  # flat: the file's own name came last
            return f"{'_'.join(parts[:4])}_{NAME}"
        return f"{handed_in}/{NAME}"
    if found := CANVAS.fullmatch(handed_in):
        return f"{found[1]}_{NAME}"
    return f"{row.person.id}/{NAME}"
