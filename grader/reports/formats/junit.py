"""JUnit XML in the dialect that Jenkins, GitLab and pytest share: a suite for each variant.

A check that failed or is not written yet is a failure, a skipped one is skipped, the grader's
own fault is an error. Source of the dialect: the XSD of the Jenkins xUnit plugin.
"""

from __future__ import annotations

from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from grader.reports.escape import visible
from grader.reports.explanation import message, title
from grader.reports.formats.plain import details, summary
from grader.result.check import CheckResult
from grader.result.grade import GradeResult, VariantResult
from grader.result.verdict import Verdict

ELEMENT = {
    Verdict.FAIL: "failure",
    Verdict.TODO: "failure",
    Verdict.SKIP: "skipped",
    Verdict.OPEN: "skipped",
    Verdict.ERROR: "error",
}
COUNTED = {"failures": "failure", "errors": "error", "skipped": "skipped"}


def dumps(result: GradeResult) -> str:
    """Return the result as an XML document. Text is escaped: XML has no control characters."""
    root = Element("testsuites", {"name": visible(result.submission)})
    _count(root, result.checks, result.duration_s)
    for variant in result.variants:
        _suite(root, result, variant)
    ElementTree.indent(root)
    body = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def _suite(root: Element, result: GradeResult, variant: VariantResult) -> None:
    suite = SubElement(root, "testsuite", {"name": variant.name})
    _count(suite, variant.checks, sum(c.duration_s for c in variant.checks))
    properties = SubElement(suite, "properties")
    values = {"points": variant.points, "mark": variant.mark, "seed": result.seed}
    for name, value in values.items():
        text = "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
        SubElement(properties, "property", {"name": name, "value": text})
    for check in variant.checks:
        _case(suite, result, check)
    SubElement(suite, "system-out").text = "\n".join(summary(result))


def _case(suite: Element, result: GradeResult, check: CheckResult) -> None:
    time = f"{check.duration_s:.3f}"
    case = SubElement(
        suite, "testcase", {"classname": check.variant, "name": check.name, "time": time}
    )
    if check.verdict in ELEMENT:
        text = visible(message(check) or title(check))
        attributes = {"message": text, "type": check.verdict.value}
        problem = SubElement(case, ELEMENT[check.verdict], attributes)
        problem.text = "\n".join([visible(title(check)), *details(result, check)])


def _count(element: Element, checks: tuple[CheckResult, ...], s: float) -> None:
    kinds = [ELEMENT.get(check.verdict) for check in checks]
    element.set("tests", str(len(checks)))
    for attribute, kind in COUNTED.items():
        element.set(attribute, str(kinds.count(kind)))
    element.set("time", f"{s:.3f}")
