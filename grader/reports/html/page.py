"""The result as a page: one file that loads nothing, and runs nothing but its own few lines.

Whatever a template puts out is made visible first (see :mod:`grader.reports.escape`) and then
escaped by Jinja. Were there a way around both, the page's own policy would still forbid every
script and style but those with the right hash.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.reports.escape import escaped, visible
from grader.reports.html import filters
from grader.reports.terminal.next_step import next_check
from grader.reports.wording import replay
from grader.result.check import CheckResult
from grader.result.grade import GradeResult
from grader.result.verdict import Verdict

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).with_name("templates")
STYLES = ("colours.css", "page.css", "table.css", "checks.css", "diagram.css", "print.css")
SCRIPTS = ("page.js",)
OPEN = 3  # where more checks than these have failed, only the one to begin with is unfolded


def dumps(result: GradeResult) -> str:
    """Return the result as an HTML page, in ASCII so that every output can write it."""
    return text(result).encode("ascii", "xmlcharrefreplace").decode("ascii")


def text(result: GradeResult, again: Callable[[CheckResult], str] | None = None) -> str:
    """Return the result as an HTML page, for a file in UTF-8.

    ``again`` says by which command a check is run again: by whoever reads it, and elsewhere.
    """
    style, script = assets(*STYLES), assets(*SCRIPTS)
    template = environment().get_template("page.html.j2")
    return template.render(
        result=result,
        next=next_check(result),
        unfolded=_unfolded(result),
        replay=lambda check: visible((again or partial(replay, result))(check), filters.LONG),
        policy=policy(style, script),
        style=style,
        script=script,
    )


@cache
def environment() -> Environment:
    """The templates of the page. Raises ModuleNotFoundError where Jinja is not installed."""
    # Imported only where a page is made: it takes as long as half of all the rest.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    templates = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters.update(filters.FILTERS)
    templates.globals.update(filters.GLOBALS)
    return templates


def _shown(value: Any) -> Any:
    """What a template puts out: text is made visible, markup of our own stays as it is."""
    if not isinstance(value, str) or hasattr(value, "__html__"):
        return value
    return value if value.isascii() and value.isprintable() else "".join(escaped(value))


def assets(*names: str) -> filters.Markup:
    """Style sheets or scripts, ready to stand in the page as they are."""
    texts = ((TEMPLATES / name).read_text(encoding="utf-8") for name in names)
    return filters.Markup("\n".join(texts))


def policy(style: str, script: str) -> str:
    """What the page may do: use this style and run this script."""
    rules = {
        "default-src": "'none'",
        "style-src": f"'sha256-{_hash(style)}'",
        "script-src": f"'sha256-{_hash(script)}'" if script else "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _unfolded(result: GradeResult) -> frozenset[str]:
    """The ids of the checks that the page shows unfolded."""
    checks = result.checks
    if len(checks) == 1:
        return frozenset({checks[0].id})
    bad = [c.id for c in checks if c.verdict in (Verdict.FAIL, Verdict.ERROR)]
    first = next_check(result)
    return frozenset(bad if len(bad) <= OPEN or first is None else [first.id])
