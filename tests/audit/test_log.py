"""The log of an audit: cut off, packed, condensed."""

from __future__ import annotations

import lzma
from pathlib import Path

from support import samples

from audit import audit, classify, log, run
from audit.cases import Case
from grader.assignment.check_ids import check_id
from grader.reports.explanation import message

CHECKS = ("tcp.starts", "tcp.two-users", "tcp.storm")
HAND = Case("hand:tcp_server:faulty", "a fault", {"tcp_server.py": ""}, CHECKS, {"two-users"})
MADE = Case("generated:tcp_server:f:remove-1", "x = 1", {"tcp_server.py": ""}, CHECKS, None)
RIGHT = Case("correct:another", "another", {"tcp_server.py": ""}, CHECKS, {"storm"})


def record(case: Case, starts: str, two_users: str, storm: str, mode: str = "plain") -> log.Record:
    found = dict(zip(CHECKS, (starts, two_users, storm), strict=True))
    messages = {id_: "a message" for id_, verdict in found.items() if verdict == "FAIL"}
    return log.Record(case.name, mode, 1, case.fingerprint, "abc", found, messages)


def test_the_log_is_read_after_a_cut(tmp_path: Path) -> None:
    """A last line that was cut off is passed over; what comes after it is a line of its own."""
    path = tmp_path / "deep" / "results.jsonl"
    first, second = record(HAND, "PASS", "FAIL", "PASS"), record(MADE, "PASS", "PASS", "PASS")
    log.append(path, first)
    log.append(path, second)
    whole = path.read_bytes()
    for size in range(len(whole.splitlines(keepends=True)[0]) + 1, len(whole) - 1, 7):
        path.write_bytes(whole[:size])
        assert list(log.read(path)) == [first]
        log.append(path, second)
        assert list(log.read(path)) == [first, second]


def test_an_audit_goes_on_from_a_packed_log(tmp_path: Path) -> None:
    """What is appended comes after what is packed; packed again, all of it is one file."""
    path = tmp_path / "results.jsonl"
    first, second = record(HAND, "PASS", "FAIL", "PASS"), record(MADE, "PASS", "PASS", "PASS")
    log.write(path, [first])
    log.append(path, second)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["results.jsonl", "results.jsonl.xz"]
    assert list(log.read(path)) == [first, second]
    log.write(path, list(log.read(path)))
    assert [file.name for file in tmp_path.iterdir()] == ["results.jsonl.xz"]
    assert list(log.read(path)) == [first, second]


def test_a_packed_log_changes_only_with_what_it_says(tmp_path: Path) -> None:
    """The same records are the same bytes, whenever and wherever they are packed."""
    records = [record(case, "PASS", "FAIL", "SKIP") for case in (HAND, MADE, RIGHT)]
    files = [log.write(tmp_path / name, records) for name in ("one.jsonl", "another.jsonl")]
    assert files[0].read_bytes() == files[1].read_bytes()


def test_every_line_of_the_kept_log_is_read() -> None:
    """No line of docs/audit.jsonl.xz is of another version, or cut off."""
    path = audit.ROOT / "docs" / "audit.jsonl"
    lines = lzma.decompress(log.packed(path).read_bytes()).decode().splitlines()
    assert len(lines) == len(list(log.read(path)))


def test_a_condensed_log_says_the_same(tmp_path: Path) -> None:
    """Gradings that ended alike are one line; what the whole says stays, also done twice."""
    path, known = tmp_path / "results.jsonl", [HAND, MADE]
    kinds = ["PASS FAIL SKIP", "PASS FAIL PASS", "PASS FAIL SKIP", "PASS FAIL FAIL"]
    records = [record(case, *kind.split()) for case in known for kind in kinds]
    old = log.Record(**{**vars(records[0]), "fingerprint": "of old"})
    expected = classify.summaries(known, records)
    found = [*records, old]
    for _again in range(2):
        log.write(path, audit.condensed(known, found))
        found = list(log.read(path))
        assert [bool(one.messages) for one in found] == [False, False, True] + [False] * 3
        assert [one.times for one in found] == [2, 1, 1] * 2
        assert [dict(one.verdicts) for one in found[:2]] == [
            {"tcp.two-users": "FAIL", "tcp.storm": "SKIP"},
            {"tcp.two-users": "FAIL"},
        ]
        assert classify.summaries(known, found) == expected
        assert run.planned(known, 5, "plain", found) == [(HAND, 4), (MADE, 4)]


def test_what_has_no_verdict_stays_so_when_condensed() -> None:
    """A check that no grading told of does not become one that passed."""
    lacking = record(HAND, "PASS", "FAIL", "PASS")
    lacking = log.Record(**{**vars(lacking), "verdicts": {"tcp.two-users": "FAIL"}})
    short = audit.condensed([HAND], [lacking] * 2)
    assert [one.times for one in short] == [2]
    assert classify.summary(HAND, "plain", short).outcome == classify.ERROR


def test_a_record_quotes_what_the_reports_say() -> None:
    """A check that failed stands in the log with its sentence; one that passed with its verdict."""
    result = samples.failing()
    checks = {check_id(check.variant, check.name): check for check in result.checks}
    verdicts, messages = log.verdicts_of(checks)
    wrong = {id_ for id_, verdict in verdicts.items() if verdict in {"FAIL", "ERROR"}}
    assert verdicts.keys() == checks.keys()
    assert messages.keys() == wrong != set()
    assert all(messages[id_].startswith(message(checks[id_])) for id_ in wrong)
    assert any(" | got: " in text for text in messages.values())
