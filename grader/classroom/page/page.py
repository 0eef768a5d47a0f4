"""The class page: what needs the teacher's eyes first, then the class as a whole, then everybody.

It is one file with relative links to the pages of single people, and loads nothing. Another one
without names, links and pairs is for the projector.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from grader.classroom.page import statistics, wording
from grader.classroom.rows import Row
from grader.classroom.settings import Settings
from grader.classroom.similarity.pairs import Pair
from grader.classroom.similarity.sides import Side
from grader.reports.html import page as of_one
from grader.reports.html.filters import Markup

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).with_name("templates")
STYLES = ("class.css", "matrix.css")
SCRIPTS = ("class.js",)
STUDENTS = "students"  # the folder of the pages of single people


def dumps(
    rows: Sequence[Row], known: Settings, pairs: Sequence[Pair] = (), *, names: bool = True
) -> str:
    """Return the page, in UTF-8. Without names the rows are numbered, in an order of their own."""
    shown = rows if names else wording.nameless(rows)
    style = of_one.assets("colours.css", "page.css") + _assets(STYLES) + of_one.assets("print.css")
    style, script = Markup(style), Markup(_assets(SCRIPTS))
    return (
        environment()
        .get_template("class.html.j2")
        .render(
            rows=shown,
            names=names,
            known=known,
            pairs=pairs if names else (),
            eyes=wording.eyes(shown, pairs if names else ()),
            marks=statistics.marks(shown),
            checks=statistics.checks(shown),
            mistakes=statistics.mistakes(shown),
            columns=wording.columns(shown),
            groups=sorted({row.person.group for row in shown if row.person.group}),
            students=STUDENTS,
            policy=of_one.policy(style, script),
            style=style,
            script=script,
        )
    )


def dumps_pairs(shown: Sequence[tuple[Pair, Side, Side]]) -> str:
    """Return the page of pairs, each side by side."""
    style = Markup(of_one.assets("colours.css", "page.css") + _assets(("sides.css",)))
    template = environment().get_template("sides.html.j2")
    return template.render(shown=shown, style=style, policy=of_one.policy(style, Markup("")))


@cache
def environment() -> Environment:
    """The templates of the class page; what they put out is made harmless as in other pages."""
    from jinja2 import FileSystemLoader

    made = of_one.environment().overlay(loader=FileSystemLoader(TEMPLATES))
    filters: dict[str, Callable[..., object]] = {**made.filters, **wording.FILTERS}
    made.filters = filters  # its own: those of other pages stay as they are
    made.globals = {**made.globals, **wording.GLOBALS}
    return made


def _assets(names: Sequence[str]) -> str:
    return "\n".join((TEMPLATES / name).read_text(encoding="utf-8") for name in names)
