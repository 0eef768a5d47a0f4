"""The lab report as a document: the placeholders of a .docx are filled by docxtpl.

What a placeholder may name is what :func:`grader.reports.lab.contents.values` returns;
``docs/report.docx`` is a sample that uses all of it.
"""

from __future__ import annotations

import importlib
import zipfile
from pathlib import Path

from grader.language import _
from grader.reports.escape import visible
from grader.reports.lab.contents import NotFilled, Report, values
from grader.reports.transcript_text import shown


def write(report: Report, template: Path, target: Path) -> None:
    """Fill a template. Raises ModuleNotFoundError, OSError, and NotFilled with one line."""
    import jinja2

    docxtpl = importlib.import_module("docxtpl")  # an extra: not everybody has it

    if not zipfile.is_zipfile(template):
        raise NotFilled(_("{path}: expected a .docx template").format(path=template))
    parts = values(report)
    for picture in parts["pictures"]:
        picture["windows"] = [
            {
                "name": shown(window.name),
                "lines": [visible(line.printed + line.typed, 400) for line in window.lines],
            }
            for window in picture["windows"]
        ]
    for listing in parts["listings"]:
        listing["lines"] = [line.expandtabs(4) for line in listing["text"].splitlines()]
    try:
        document = docxtpl.DocxTemplate(str(template))
        document.render(parts, autoescape=True)
        document.save(str(target))
    except (jinja2.TemplateError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise NotFilled(f"{template}: {error}") from None
