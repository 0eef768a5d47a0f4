"""The sample of a department's document: a .docx with every placeholder of a lab report.

``python -m kit.sample`` writes ``docs/report.docx`` and ``docs/report.ru.docx``. It needs the
package docxtpl, which brings python-docx.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

from grader import language
from grader.language import _

ROOT = Path(__file__).resolve().parent.parent
LOOP, END = "{{%p for {one} in {many} %}}", "{%p endfor %}"


def name(lang: str) -> str:
    """The file of a language."""
    return "report.docx" if lang == "en" else f"report.{lang}.docx"


def write(target: Path) -> None:
    """Write the sample in the language in use. Raises ModuleNotFoundError."""
    docx = importlib.import_module("docx")
    document = docx.Document()
    add, head = document.add_paragraph, document.add_heading
    add("{{ university }}")
    head(_("Lab report"), 0)
    add("{{ title }}")
    for label, field in ((_("Student"), "name"), (_("Group"), "group"), (_("Teacher"), "teacher")):
        add(f"{label}: {{{{ {field} }}}}")
    add("{{ year }}")
    document.add_page_break()
    for heading, field in ((_("Aim"), "aim"), (_("Task"), "task")):
        head(heading, 1)
        add(f"{{{{ {field} }}}}")
    head(_("The programs at work"), 1)
    add(LOOP.format(one="picture", many="pictures"))
    add("{{ picture.variant }}: {{ picture.caption }}").runs[0].bold = True
    add(LOOP.format(one="window", many="picture.windows"))
    add("{{ window.name }}").runs[0].italic = True
    add(LOOP.format(one="line", many="window.lines"))
    _code(add("{{ line }}"))
    for _end in range(3):
        add(END)
    head(_("Result of the check"), 1)
    add("{{ mark }}")
    add(LOOP.format(one="variant", many="variants"))
    add("{{ variant.name }}: {{ variant.points }}, {{ variant.passed }} / {{ variant.checks }}")
    add(END)
    head(_("Conclusion"), 1)
    add()
    head(_("Answers to the control questions"), 1)
    add(LOOP.format(one="question", many="questions"))
    add("{{ question.number }}. {{ question.text }}")
    add("{{ question.answer }}")
    add(END)
    head(_("Listings"), 1)
    add(LOOP.format(one="listing", many="listings"))
    head("{{ listing.file }}", 2)
    add(LOOP.format(one="line", many="listing.lines"))
    _code(add("{{ line }}"))
    for _end in range(2):
        add(END)
    document.save(str(target))


def _code(paragraph: object) -> None:
    """Set a paragraph as code is set."""
    (run,) = paragraph.runs  # type: ignore[attr-defined]
    run.font.name, run.font.size = "Consolas", 9 * 12700  # in English Metric Units
    style = paragraph.paragraph_format  # type: ignore[attr-defined]
    style.space_before = style.space_after = 0


def main() -> int:
    """Write both samples; returns the exit status."""
    for lang in language.LANGUAGES:
        language.use(lang)
        write(ROOT / "docs" / name(lang))
        print(f"written: docs/{name(lang)}")
    language.use("en")
    return 0


if __name__ == "__main__":
    sys.exit(main())
