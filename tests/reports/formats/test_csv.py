"""The result as one line of CSV."""

from __future__ import annotations

import csv as standard

import pytest
from msgspec.structs import replace
from support import samples

from grader.reports.formats import csv


def read(text: str) -> list[list[str]]:
    return list(standard.reader(text.splitlines(keepends=True)))


@pytest.mark.parametrize("name", samples.SAMPLES)
def test_one_line_with_all_columns(name: str) -> None:
    """However many variants were graded, and whatever the submission is called."""
    (row,) = read(csv.dumps(samples.SAMPLES[name]()))
    assert len(row) == len(csv.header())


def test_what_is_not_known_is_empty() -> None:
    """A grading without a mark has none, not 0."""
    (row,) = read(csv.dumps(samples.partial()))
    assert dict(zip(csv.header(), row, strict=True))["mark"] == ""


def test_a_name_is_no_formula() -> None:
    """A spreadsheet must not calculate the name of a submission."""
    result = replace(samples.full(), submission="=1+1")
    (row,) = read(csv.dumps(result))
    assert row[0] == "'=1+1"


def test_what_did_not_pass_is_named() -> None:
    """The checks that did not pass are in one field."""
    (row,) = read(csv.dumps(samples.mandatory_missing()))
    assert dict(zip(csv.header(), row, strict=True))["not_passed"] == "tcp.server-threads"


def test_a_variant_of_another_kit_does_not_move_the_columns() -> None:
    """What is read line by line has the same columns in every line."""
    tcp, udp = samples.full().variants
    (row,) = read(csv.dumps(replace(samples.full(), variants=(replace(tcp, name="sctp"), udp))))
    assert len(row) == len(csv.header())
    named = dict(zip(csv.header(), row, strict=True))
    assert (named["tcp_mark"], named["udp_mark"]) == ("", "80")
