"""The list of problems for editors."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace
from support import samples, worlds
from support.pages import PAYLOADS

from grader.fact import Fact, fact
from grader.reports.escape import visible
from grader.reports.formats import lines
from grader.result.check import Place
from grader.result.verdict import Verdict

TASKS = worlds.read_json(worlds.ROOT / ".vscode" / "tasks.json")["tasks"]
(MATCHER,) = [task["problemMatcher"] for task in TASKS if task["problemMatcher"]]
PATTERN = MATCHER["pattern"]
LINE = re.compile(PATTERN["regexp"])  # in what JavaScript and Python have in common
GIVEN = {
    "a folder": ("lab4", "lab4/tcp_server.py"),
    "a folder further away": ("handed-in/alice", "handed-in/alice/tcp_server.py"),
    "this folder": (".", "tcp_server.py"),
    "a server": ("bob.py", "bob.py"),
    "a server and a client": ("bob 1.py bob 2.py", "bob 1.py"),
}


def found(line: str) -> dict[str, str]:
    """What the pattern of the tasks for VS Code finds in a line; nothing if it is no problem."""
    match = LINE.search(line)
    return {key: match[at] for key, at in PATTERN.items() if key != "regexp"} if match else {}


def placed(submission: str, place: Place | None, name: str = "tcp.starts") -> str:
    """The first line about a check that broke at this place."""
    changes = {name: samples.failed(message=fact("server-ended"), place=place)}
    result = samples.graded(changes, submission=submission)
    return lines.dumps(result).splitlines()[0]


@pytest.mark.parametrize("name", samples.SAMPLES)
def test_a_line_for_each_check_that_did_not_pass(name: str) -> None:
    """What was skipped waits for another one; the last line is the mark."""
    result = samples.SAMPLES[name]()
    *printed, last = lines.dumps(result).splitlines()
    quiet = (Verdict.PASS, Verdict.SKIP)
    checks = [check for check in result.checks if check.verdict not in quiet]
    assert [found(line).get("code") for line in printed] == [check.id for check in checks]
    assert [found(line)["message"] for line in printed] == [lines.one_line(c) for c in checks]
    assert "mark" in last and not found(last)


@pytest.mark.parametrize("text", [*PAYLOADS.values(), "a:1: error: tcp.starts: b"], ids=repr)
def test_the_pattern_is_not_misled(text: str) -> None:
    """Whatever a submission says, the file, the line and the check are ours."""
    message = Fact("verbatim", {"text": text})
    change = samples.failed(message=message, got=message, place=Place("tcp_server.py", 41))
    first, *others = lines.dumps(samples.graded({"tcp.starts": change})).splitlines()
    assert found(first) == {
        "file": "lab4/tcp_server.py",
        "line": "41",
        "severity": "error",
        "code": "tcp.starts",
        "message": visible(text),
    }
    assert not any(found(line) for line in others)


def test_the_pattern_is_javascript() -> None:
    """It has nothing that Python alone can read, and a path is one from the folder."""
    assert not re.search(r"\(\?|\\[^.]", PATTERN["regexp"])
    assert MATCHER["fileLocation"] == ["relative", "${workspaceFolder}"]


def test_a_line_says_it_all() -> None:
    """File, line, level, check, message, expected, got."""
    printed = lines.dumps(samples.failing()).splitlines()
    assert printed[0] == (
        "lab4/tcp_server.py:1: error: tcp.join-notice: alice is not told who joined "
        "(expected 'bob joined!', got 'bob  joined!')"
    )
    assert printed[1].endswith("(expected 'alice: kiwi 7301', got nothing)")


def test_the_line_where_the_code_broke() -> None:
    """It is the student's own, where it is known."""
    line = placed("lab4", Place("tcp_server.py", 41))
    assert line == "lab4/tcp_server.py:41: error: tcp.starts: the server ended by itself"


@pytest.mark.parametrize(("submission", "file"), GIVEN.values(), ids=GIVEN)
def test_the_file(submission: str, file: str) -> None:
    """It is named as the submission was given."""
    assert placed(submission, None).startswith(f"{file}:1: ")


def test_the_client_of_two_files() -> None:
    """A check of the client is about the second file, unless another one broke."""
    given = "bob.py bob-client.py"
    assert placed(given, None, "tcp.client-name").startswith("bob-client.py:1: ")
    assert placed(given, Place("bob.py", 3), "tcp.client-name").startswith("bob.py:3: ")


def test_levels() -> None:
    """Lost points are errors, a star that is missed is a warning, a task to write is neither."""
    changes = {
        "tcp.starts": samples.failed(),
        "tcp.storm": samples.failed(),
        "tcp.handshake": samples.became(Verdict.TODO),
        "udp.storm": samples.became(Verdict.ERROR),
    }
    levels = {p.check.id: p.level for p in lines.problems(samples.graded(changes))}
    assert levels == {
        "tcp.starts": "error",
        "tcp.storm": "warning",
        "tcp.handshake": "info",
        "udp.storm": "error",
    }


def test_an_error_is_not_blamed_on_the_student() -> None:
    """The grader's own fault is called that."""
    assert "the grader's own fault" in lines.dumps(samples.graders_fault())


def test_hostile_text_stays_in_its_line() -> None:
    """No text begins a line of its own, or reaches a terminal."""
    result = samples.hostile()
    text = "\n/etc/passwd:1: error: tcp.starts: x"
    said = fact("verbatim", text=text)
    first = replace(result.variants[0].checks[4], message=said, got=said, expected=said)
    checks = (first, *result.variants[1].checks)
    printed = lines.dumps(samples.result(checks)).splitlines()
    assert all(line.isprintable() for line in printed)
    assert not any(line.startswith("/etc") for line in printed)
