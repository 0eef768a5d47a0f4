"""The audit of the grader: its log, its words, its picture, and a small one."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from support import gradings

from audit import audit, cases, classify, log, picture, report, run
from audit.cases import Case
from audit.equivalent import EQUIVALENT
from grader.result.verdict import Verdict

CHECKS = ("tcp.starts", "tcp.two-users", "tcp.storm")
HAND = Case("hand:tcp_server:faulty", "a fault", {"tcp_server.py": ""}, CHECKS, {"two-users"})
MADE = Case("generated:tcp_server:f:remove-1", "x = 1", {"tcp_server.py": ""}, CHECKS, None)
RIGHT = Case("correct:another", "another", {"tcp_server.py": ""}, CHECKS, {"storm"})


def record(case: Case, starts: str, two_users: str, storm: str, mode: str = "plain") -> log.Record:
    found = dict(zip(CHECKS, (starts, two_users, storm), strict=True))
    messages = {id_: "a message" for id_, verdict in found.items() if verdict == "FAIL"}
    return log.Record(case.name, mode, 1, case.fingerprint, "abc", found, messages)


@pytest.mark.parametrize(
    ("case", "runs", "outcome", "right"),
    [
        (HAND, ["PASS FAIL SKIP", "PASS FAIL PASS"], classify.EXACT, 2),
        (HAND, ["PASS PASS PASS"] * 3, classify.MISSED, 0),
        (HAND, ["PASS FAIL FAIL"] * 2, classify.OTHERS, 0),
        (HAND, ["PASS FAIL PASS", "PASS FAIL FAIL"], classify.FLAKY, 1),
        (HAND, ["PASS FAIL PASS", "PASS ERROR PASS"], classify.ERROR, 1),
        (HAND, ["PASS FAIL TODO"], classify.OTHERS, 0),
        (MADE, ["PASS PASS PASS"], classify.UNNOTICED, 1),
        (MADE, ["FAIL SKIP SKIP"] * 2, classify.NOTICED, 2),
        (MADE, ["PASS PASS FAIL", "PASS PASS PASS"], classify.FLAKY, 2),
        (MADE, ["PASS PASS ERROR"], classify.ERROR, 0),
        (RIGHT, ["PASS PASS FAIL"], classify.EXACT, 1),
        (RIGHT, ["PASS PASS PASS"], classify.MISSED, 0),
        (RIGHT, ["PASS SKIP FAIL"], classify.OTHERS, 0),
    ],
)
def test_outcome(case: Case, runs: list[str], outcome: str, right: int) -> None:
    """One word for the runs of a case, and in how many all was right."""
    found = classify.summary(case, "plain", [record(case, *text.split()) for text in runs])
    assert (found.outcome, found.right, found.runs) == (outcome, right, len(runs))


def test_shares() -> None:
    """How often each check failed or was skipped, and what was wrong how often."""
    runs = [record(HAND, "PASS", "FAIL", "SKIP"), record(HAND, "FAIL", "FAIL", "PASS")]
    found = classify.summary(HAND, "plain", runs)
    assert found.shares == {"two-users": 1.0, "starts": 0.5}
    assert found.skipped == {"storm": 0.5}
    assert found.wrong == {"tcp.starts FAIL": 1}
    assert found.messages == {"tcp.starts FAIL": "a message"}
    assert found.noticed == 2


def test_summaries_keep_conditions_apart() -> None:
    """Each set of conditions counts for itself; a submission of old does not count."""
    old = record(HAND, "PASS", "PASS", "PASS")
    records = [
        record(HAND, "PASS", "FAIL", "PASS", "switch"),
        record(HAND, "PASS", "FAIL", "PASS"),
        log.Record(**{**vars(old), "fingerprint": "of old"}),
    ]
    found = classify.summaries([HAND], records)
    assert [(s.mode, s.outcome, s.runs) for s in found] == [
        ("plain", classify.EXACT, 1),
        ("switch", classify.EXACT, 1),
    ]


def test_an_interrupted_audit_goes_on() -> None:
    """What is in the log is not planned again, unless the conditions or the files differ."""
    known = [record(HAND, "PASS", "FAIL", "PASS")]
    assert run.planned([HAND, MADE], 2, "plain", known) == [(MADE, 0), (HAND, 1), (MADE, 1)]
    assert run.planned([HAND, MADE], 2, "plain", known, 3) == [(MADE, 0), (HAND, 1)]
    assert run.planned([HAND], 1, "switch", known) == [(HAND, 0)]
    known = [log.Record(**{**vars(known[0]), "fingerprint": "of old"})]
    assert run.planned([HAND], 1, "plain", known) == [(HAND, 0)]


def test_conditions() -> None:
    """The names of the conditions."""
    modes = [run.mode(load, switch=switch) for load in (0, 4) for switch in (False, True)]
    assert modes == ["plain", "switch", "load 4", "load 4 + switch"]


@pytest.mark.parametrize(
    ("source", "before"),
    [
        ("x = 1\n", ""),
        ('"""What\nit is."""\nx = 1\n', '"""What\nit is."""\n'),
        ("'what'\nfrom __future__ import annotations\nimport os\n", None),
        ("# nothing\n", ""),
    ],
)
def test_switching(source: str, before: str | None) -> None:
    """The interval is set before anything else happens, and the program still compiles."""
    found = run.switching(source)
    compile(found, "a file", "exec")
    if before is not None:
        assert found.startswith(before + run.SWITCH)
    assert found.replace(run.SWITCH + "\n", "") == source


def test_the_picture_is_well_formed() -> None:
    """Names and lines of all sorts are only text in it."""
    hostile = ["<script>&\"'", "]]>", "a\0b\x1b[31m", "-->", "ß中\u202e"]
    rows = [
        picture.Row(name, {name: 0.5, "storm": 1.0}, {"starts": 1.0}, frozenset({"storm"}))
        for name in hostile
    ]
    table = picture.Table([*hostile, "storm", "starts"], dict.fromkeys(hostile, rows))
    text = picture.draw(hostile[0], {hostile[0]: table})
    due = [d for d in paths(text)["due"] if "h1" in d]
    assert sum(d.count("M") for d in due) == 1 + len(hostile) ** 2  # one is in the key
    assert "<script>" not in text


def paths(text: str) -> dict[str, list[str]]:
    """What is drawn in a picture, by its class."""
    found: dict[str, list[str]] = {}
    for element in ET.fromstring(text).iter("{http://www.w3.org/2000/svg}path"):
        found.setdefault(element.get("class", ""), []).append(element.get("d", ""))
    return found


def test_neighbours_that_are_alike_are_one_piece() -> None:
    """A cell is no element: those side by side are one piece of the one path of their kind."""
    checks = ["a", "b", "c", "d", "e"]
    rows = [
        picture.Row("all", dict.fromkeys(checks, 1.0), {}),
        picture.Row("two", {"a": 1.0, "c": 0.5}, {"d": 1.0, "e": 1.0}),
        picture.Row("stray", {"b": 1.0, "c": 1.0}, {}, frozenset("b")),
    ]
    text = picture.draw("a title", {"a file": picture.Table(checks, {"a group": rows})})
    drawn = {kind: ds[1:] for kind, ds in paths(text).items()}  # the first is in the key
    assert drawn["found"] == ["M2 1h1", "M0 0h5M0 1h1M1 2h1"]
    assert drawn["skip"] == ["M3 1h2"]
    assert drawn["stray"] == ["M2 2h1"]
    assert drawn["due"] == ["M1 2h1v1h-1z"]


def test_the_page(tmp_path: Path) -> None:
    """The page names what is wrong, what differs and what is not noticed, with its picture."""
    records = [
        record(HAND, "PASS", "PASS", "PASS"),
        record(MADE, "PASS", "PASS", "PASS"),
        record(RIGHT, "PASS", "PASS", "FAIL", "load 4"),
        record(RIGHT, "PASS", "PASS", "PASS", "load 4"),
    ]
    summaries = classify.summaries([HAND, MADE, RIGHT], records)
    written = report.write(summaries, "abc", tmp_path)
    assert [path.name for path in written] == ["audit.svg", "audit.md"]
    ET.parse(written[0])
    text = written[1].read_text(encoding="utf-8")
    assert "built otherwise | load 4 | 1 | 1/2 | 2 | 0 | 0 | 0 | 1 | 0 | – |" in text
    assert "hand:tcp_server:faulty, plain: missed, 0/1 right; tcp.two-users PASS (1×)" in text
    assert "| mutants written by hand | plain | 1 | 0/1 | 1 | 0 | 1 | 0 | 0 | 0 | – |" in text
    assert "| mutants made by rule | plain | 1 | 1/1 | 1 | – | – | – | 0 | 0 | 1 |" in text
    assert "`correct:another`, load 4, a check failed in 1 of 2 runs: storm 50%" in text
    assert "`tcp_server:f:remove-1`: `x = 1`" in text
    assert "The grader as it is: `abc`. No grading is by another one." in text
    assert str(tmp_path) not in text


def test_gradings_by_an_earlier_grader_are_told_apart() -> None:
    """How many gradings are by the grader as it is stands in the table, the others below it."""
    old = log.Record(**{**vars(record(HAND, "PASS", "FAIL", "PASS")), "grader": "of old"})
    summaries = classify.summaries([HAND], [old, old, record(HAND, "PASS", "FAIL", "PASS")])
    text = report.page(summaries, "abc")
    assert "| mutants written by hand | plain | 1 | 3/3 | 1 | 1 | 0 | 0 | 0 | 0 | – |" in text
    assert "The other gradings are by earlier states: `of old`." in text


def test_a_wrong_verdict_stands_with_what_was_said() -> None:
    """A wrong verdict is told with the check's message, as code: its stars are no markup."""
    wrong = record(HAND, "FAIL", "FAIL", "PASS")
    wrong = log.Record(**{**vars(wrong), "messages": {"tcp.starts": "got: '*a `b` left*'"}})
    (line,) = report.complaints([classify.summary(HAND, "plain", [wrong])])
    assert line.endswith("tcp.starts FAIL (1×): `got: '*a 'b' left*'`")


def test_a_reason_stands_with_what_is_not_always_noticed() -> None:
    """A mutant that some runs notice keeps its reason; one that every run notices needs none."""
    short, reason = next(iter(EQUIVALENT.items()))
    case = Case(f"generated:{short}", "x = 1", {"tcp_server.py": ""}, CHECKS, None)
    quiet, storm = record(case, "PASS", "PASS", "PASS"), record(case, "PASS", "PASS", "FAIL")
    both = record(case, "PASS", "FAIL", "FAIL")
    (line,) = report.flaky([classify.summary(case, "plain", [quiet, storm])])
    assert line.endswith(f"failed in 1 of 2 runs: storm 50%  \n  {reason}")
    (line,) = report.flaky([classify.summary(case, "plain", [storm, both])])
    assert line.endswith("failed in 2 of 2 runs: storm 100%, two-users 50%")


def test_cases() -> None:
    """Each case has a name of its own; --goal finds its mutants; the cut is a dozen."""
    names = [case.name for case in cases.known()]
    assert len(set(names)) == len(names)
    assert {case.kind for case in cases.everything()} == set(cases.KINDS)
    assert len(cases.goal()) == 7
    assert len(audit.cut()) == 12


def test_caught_cases_run_what_must_fail_and_nothing_else() -> None:
    """Each mutant by hand has a check that must find it, and no other is run."""
    for case in cases.caught():
        assert case.checks
        assert {case.allowed(id_) for id_ in case.checks} == {(Verdict.FAIL,)}


def test_choosing() -> None:
    """Cases are chosen by kind and by name, and a name that is none is said to be."""
    found = audit.chosen(["hand"], ["tcp_server:no-join-notice", "hand:udp_client:shows-*"])
    assert next(case.short for case in found) == "tcp_server:no-join-notice"
    assert {case.short.partition(":")[0] for case in found} == {"tcp_server", "udp_client"}
    with pytest.raises(ValueError, match="expected the name of a case, got nobody"):
        audit.chosen(["hand"], ["nobody"])
    assert audit.main(["--only", "nobody"]) == 2


def test_nothing_to_do_shows_the_log(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without runs, what the log says is shown; lines that are not records do no harm."""
    path = tmp_path / "results.jsonl"
    path.write_text(json.dumps({"case": "x"}) + "\n[]\n{", encoding="utf-8")
    assert audit.main(["--runs", "0", "--log", str(path)]) == 0
    assert "the audit so far" in capsys.readouterr().out


def test_a_small_audit() -> None:
    """Two mutants, really graded: one is found by its check, the other is said to be missed."""
    (found,) = audit.chosen(["hand"], ["udp_client:leaves-without-a-word"])
    only = ("udp.client-leaves",)
    faulty = Case(found.name, found.text, found.files, only, {"client-leaves"})
    file = "udp_client.py"
    files = {file: (gradings.REFERENCE / file).read_text(encoding="utf-8")}
    sound = Case("hand:udp_client:sound", "no fault", files, only, {"client-leaves"})
    summaries = audit.audit_cut([faulty, sound], 1)
    outcomes = {s.case.name: s.outcome for s in summaries}
    assert outcomes == {faulty.name: classify.EXACT, sound.name: classify.MISSED}
