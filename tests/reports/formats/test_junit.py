"""JUnit XML: well formed, counted right, and nobody's text in it is markup."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from support import samples

from grader.reports.formats import junit
from grader.result.verdict import Verdict


def parsed(name: str) -> ElementTree.Element:
    return ElementTree.fromstring(junit.dumps(samples.SAMPLES[name]()))


@pytest.mark.parametrize("name", samples.SAMPLES)
def test_every_result_is_well_formed(name: str) -> None:
    """A parser takes the document, and finds a case for each check."""
    result = samples.SAMPLES[name]()
    cases = [(c.get("classname"), c.get("name")) for c in parsed(name).iter("testcase")]
    assert cases == [(check.variant, check.name) for check in result.checks]


@pytest.mark.parametrize("name", samples.SAMPLES)
def test_the_counts_are_those_of_the_cases(name: str) -> None:
    """What a suite says of itself is what is in it, and the whole is the sum."""
    root = parsed(name)
    for element in [root, *root.iter("testsuite")]:
        assert int(element.get("tests", "")) == len(list(element.iter("testcase")))
        for attribute, kind in junit.COUNTED.items():
            assert int(element.get(attribute, "")) == len(list(element.iter(kind)))


def test_each_verdict_has_its_element() -> None:
    """Not written yet counts as a failure, a need that is missing as skipped."""
    for name in samples.SAMPLES:
        result = samples.SAMPLES[name]()
        verdicts = [c.verdict for v in result.variants for c in v.checks]
        for case, verdict in zip(parsed(name).iter("testcase"), verdicts, strict=True):
            found = [child.tag for child in case]
            assert found == ([] if verdict is Verdict.PASS else [junit.ELEMENT[verdict]])


def test_a_failure_is_explained() -> None:
    """The text of a failure has what was expected and what came."""
    texts = [element.text or "" for element in parsed("failing").iter("failure")]
    assert any("expected: 'bob joined!'" in text and "replay:" in text for text in texts)
