"""The lab report as a page: one file, to be printed or kept as PDF from the browser."""

from __future__ import annotations

from grader.reports.html import filters
from grader.reports.html.page import assets, environment, policy
from grader.reports.lab import windows
from grader.reports.lab.contents import Report, values

STYLES = ("colours.css", "diagram.css", "lab-report.css")
SHOWS = ("end-to-end", "two-users", "leave-notice")  # a diagram of the first that has one


def dumps(report: Report) -> str:
    """The report as an HTML page, in ASCII."""
    style = assets(*STYLES)
    parts = values(report)
    drawn = [
        picture
        for recording in report.recordings
        for picture in map(windows.draw, recording.pictures)
    ]
    for part, svg in zip(parts["pictures"], drawn, strict=True):
        part["svg"] = filters.Markup(svg)
    text = (
        environment()
        .get_template("lab-report.html.j2")
        .render(**parts, diagrams=_diagrams(report), policy=policy(style, ""), style=style)
    )
    return text.encode("ascii", "xmlcharrefreplace").decode("ascii")


def _diagrams(report: Report) -> list[tuple[str, filters.Markup]]:
    """A sequence diagram for each variant, with the check that it is of."""
    found = []
    for variant in report.result.variants:
        checks = {check.name: check for check in variant.checks}
        for name in SHOWS:
            picture = filters.picture(checks[name]) if name in checks else filters.Markup("")
            if picture:
                found.append((checks[name].id, picture))
                break
    return found
