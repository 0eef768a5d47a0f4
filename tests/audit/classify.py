"""What the gradings of one case, taken together, say about the grader."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from audit.cases import Case
from audit.log import Record
from grader.result.verdict import Verdict

EXACT = "exact"  # every verdict of every run is right
MISSED = "missed"  # in every run alike, a check that must fail does not
OTHERS = "others too"  # in every run alike, a check fails that must not
FLAKY = "flaky"  # the runs differ
ERROR = "error"  # the grader itself failed
NOTICED = "noticed"  # of a generated mutant: a check fails, in every run the same ones
UNNOTICED = "unnoticed"  # of a generated mutant: none does, in any run


@dataclass(frozen=True)
class Summary:
    """One case under one set of conditions."""

    case: Case
    mode: str
    runs: int = 0
    right: int = 0  # runs in which every verdict was right
    noticed: int = 0  # runs in which some check failed
    outcome: str = ""
    shares: Mapping[str, float] = field(default_factory=dict)  # check -> how often it failed
    skipped: Mapping[str, float] = field(default_factory=dict)  # check -> how often it was skipped
    wrong: Mapping[str, int] = field(default_factory=dict)  # "tcp.starts PASS" -> in how many runs
    messages: Mapping[str, str] = field(default_factory=dict)  # of wrong ones: the last message
    graders: Mapping[str, int] = field(default_factory=dict)  # state of the grader -> its runs


def wrong_verdicts(case: Case, record: Record) -> list[str]:
    """The checks whose verdict is none of the right ones, with it, and those that have none."""
    missing = [f"{id_} without verdict" for id_ in case.checks if id_ not in record.verdicts]
    return missing + [
        f"{id_} {verdict}"
        for id_, verdict in record.verdicts.items()
        if Verdict(verdict) not in case.allowed(id_)
    ]


def outcome(case: Case, records: Sequence[Record]) -> str:
    """One word for all runs of a case."""
    wrong = [wrong_verdicts(case, record) for record in records]
    if any("ERROR" in text or "without" in text for texts in wrong for text in texts):
        return ERROR
    found = {record.failing for record in records}
    if len(found) > 1:
        return FLAKY
    (failing,) = found
    if case.fails is None:
        return NOTICED if failing else UNNOTICED
    if not any(wrong):
        return EXACT
    return MISSED if case.fails - failing else OTHERS


def summary(case: Case, mode: str, records: Sequence[Record]) -> Summary:
    """All runs of a case under the same conditions."""
    records = [record.whole(case.checks) for record in records]
    wrong = [wrong_verdicts(case, record) for record in records]
    messages, counts, graders = {}, Counter[str](), Counter[str]()
    for record, texts in zip(records, wrong, strict=True):
        graders[record.grader] += record.times
        for text in texts:
            counts[text] += record.times
            messages[text] = record.messages.get(text.partition(" ")[0], "")
    return Summary(
        case,
        mode,
        sum(record.times for record in records),
        sum(record.times for record, texts in zip(records, wrong, strict=True) if not texts),
        sum(record.times for record in records if record.failing),
        outcome(case, records),
        _shares(records, "FAIL"),
        _shares(records, "SKIP"),
        counts,
        messages,
        graders,
    )


def summaries(cases: Sequence[Case], records: Sequence[Record]) -> list[Summary]:
    """Each case with each set of conditions that it was graded under.

    What was found of files that have changed since does not count.
    """
    found: dict[tuple[str, str], list[Record]] = {}
    known = {case.name: case for case in cases}
    for record in records:
        case = known.get(record.case)
        if case and record.fingerprint == case.fingerprint:
            found.setdefault((record.case, record.mode), []).append(record)
    order = {case.name: at for at, case in enumerate(cases)}
    return [
        summary(known[name], mode, of_it)
        for (name, mode), of_it in sorted(
            found.items(), key=lambda item: (item[0][1], order[item[0][0]])
        )
    ]


def _shares(records: Sequence[Record], verdict: str) -> dict[str, float]:
    counts = Counter[str]()
    for record in records:
        for id_, found in record.verdicts.items():
            if found == verdict:
                counts[id_.partition(".")[2]] += record.times
    runs = sum(record.times for record in records)
    return {name: count / runs for name, count in counts.items()}
