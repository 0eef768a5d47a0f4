"""What is said about a check that did not pass, before it is laid out."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace
from support import samples
from support.made_up import happened
from support.samples import check

from grader import language
from grader.fact import Fact, fact
from grader.reports import explanation
from grader.reports.explanation import Label, rows
from grader.result.check import CheckResult, Place, Point, Raised, Standing
from grader.result.verdict import Difference, EventKind, Reason, Verdict

HELLO, HELP = fact("text", text="alice: hello"), fact("text", text="alice: help")
RAISED = Raised(Place("tcp_server.py", 7), "users[nme]", "NameError", "no nme", "Thread-1", "")
CAME = fact("then-closed", came=HELP)


def failed(**fields: Any) -> CheckResult:
    """A check that failed."""
    return check("tcp.two-users", Verdict.FAIL, **fields)


def told(result: CheckResult) -> dict[Label, str]:
    """The rows by their labels."""
    return {row.label: row.text for row in rows(result)}


def test_rows_of_a_failure() -> None:
    """Everything that is known is a row, in this order."""
    result = failed(
        message=fact("not-delivered"),
        expected=HELLO,
        got=HELP,
        place=Place("tcp_server.py", 41),
        raised=(RAISED,),
        cause=fact("start-not-called", line=41),
        mistake="prints-only",
    )
    left_out = (Label.THREADS, Label.HINT, Label.ORDER)  # they say less
    assert list(told(result)) == [label for label in Label if label not in left_out]
    assert told(result) == {
        Label.EXPECTED: "'alice: hello'",
        Label.GOT: "'alice: help'",
        Label.RAISED: "NameError: no nme (in thread Thread-1)\ntcp_server.py, line 7: users[nme]",
        Label.CAUSE: "line 41 names start without calling it: start() begins the thread",
        Label.CLASSIC: "the message is printed but not sent\nprint writes on the server's own "
        "screen. What the others should see has to be sent to each of them.",
        Label.WHERE: "tcp_server.py, line 41",
        Label.READ: "tasks.md, task 6",
    }


def test_threads_are_shown_where_nothing_else_is_known() -> None:
    """Where threads stand says less than an exception, or than a cause that shows."""
    stands = (Standing("MainThread", Place("tcp_server.py", 7), "accept()"),)
    assert told(failed(standing=stands))[Label.THREADS] == (
        "the main thread: tcp_server.py, line 7: accept()"
    )
    assert Label.THREADS not in told(failed(standing=stands, raised=(RAISED,)))
    cause = fact("start-not-called", line=41)
    assert Label.THREADS not in told(failed(standing=stands, cause=cause))
    assert Label.THREADS not in told(failed(standing=stands, mistake="prints-only"))


def test_lines_of_threads_are_shown_in_order() -> None:
    """Where a thread was held, the lines of both stand side by side."""
    held = fact("held-before-line", file="tcp_server.py", line=7, text="users[name] = 1")
    event = happened(EventKind.RUNS, "alice", fact=held)
    text = told(failed(transcript=(event,)))[Label.ORDER]
    assert text.splitlines() == ["alice's thread", "(held before line 7)"]


def test_a_failure_of_which_little_is_known() -> None:
    """The task to read is always there."""
    assert told(failed(message=fact("server-ended"))) == {Label.READ: "tasks.md, task 6"}


@pytest.mark.parametrize(
    ("expected", "got", "shown"),
    [(HELLO, None, "nothing"), (None, HELP, "'alice: help'"), (HELLO, HELP, "'alice: help'")],
)
def test_got(expected: Fact | None, got: Fact | None, shown: str) -> None:
    """Where something was expected, nothing is said to have come."""
    assert told(failed(expected=expected, got=got))[Label.GOT] == shown


@pytest.mark.parametrize("verdict", [Verdict.TODO, Verdict.SKIP, Verdict.ERROR, Verdict.PASS])
def test_only_a_failure_has_a_hint(verdict: Verdict) -> None:
    """What was not tried is not to be mended."""
    assert Label.HINT not in told(check("tcp.two-users", verdict, message=fact("not-delivered")))


def test_a_hint_is_for_what_nothing_explains() -> None:
    """Beside an exception, a cause or a classic mistake it would lead elsewhere."""
    hinted = failed(message=fact("not-delivered"))
    assert Label.HINT in told(hinted)
    assert Label.HINT not in told(replace(hinted, raised=(RAISED,)))
    assert Label.HINT not in told(replace(hinted, cause=fact("start-not-called", line=41)))
    assert Label.HINT not in told(replace(hinted, mistake="prints-only"))


def test_a_hint_about_a_text_is_for_one_that_came() -> None:
    """What never came was not sent in other words; what came within other words did come."""
    sent = failed(message=fact("not-sent-as-typed"), expected=HELLO, got=HELP)
    assert Label.HINT in told(sent)
    assert Label.HINT not in told(replace(sent, got=fact("nothing")))
    point = Point(Difference.MISSING, "bob", "alice: hello")
    lost = failed(message=fact("one-of-two-lost"), got=fact("texts", texts=("x",)), point=point)
    assert Label.HINT in told(lost)
    inside = fact("texts", texts=("12:30 alice: hello",))
    assert Label.HINT not in told(replace(lost, got=inside))


def test_what_passed_has_no_rows() -> None:
    """There is nothing to say about it, whatever is known."""
    assert told(check("tcp.two-users", expected=HELLO, got=HELLO)) == {}


def test_an_error_names_no_task() -> None:
    """It is not the student's."""
    assert told(check("tcp.two-users", Verdict.ERROR, message=fact("said-nothing"))) == {}


def test_a_check_is_explained_in_the_language_in_use() -> None:
    """The labels, the task and whose fault an error is."""
    result = failed(expected=HELLO)
    english = [(row.label.word, row.text) for row in rows(result)]
    language.use("ru")
    russian = [(row.label.word, row.text) for row in rows(result)]
    assert [label for label, _text in russian] != [label for label, _text in english]
    assert russian[0][1] == english[0][1] == "'alice: hello'"
    assert russian[-1][1] != english[-1][1]


def test_title_and_message() -> None:
    """A title of another rubric is shown as it is; without a message there is none."""
    result = failed(title="a promise of another rubric", message=fact("not-let-in", name="bob"))
    assert explanation.title(result) == "a promise of another rubric"
    assert explanation.message(result) == "bob is not let in"
    assert explanation.message(failed()) == ""


@pytest.mark.parametrize(
    ("expected", "got", "both"),
    [
        (HELLO, HELP, True),
        (HELLO, fact("texts", texts=("a", "b")), True),
        (HELLO, fact("without-newline", text="alice: hello"), True),
        (HELLO, CAME, True),
        (HELLO, fact("then-closed", came=fact("nothing")), False),
        (HELLO, fact("then-closed", came="alice: help"), False),
        (HELLO, None, False),
        (None, HELP, False),
        (fact("listens-tcp", port=1), HELP, False),
    ],
)
def test_quotes_both(expected: Fact | None, got: Fact | None, both: bool) -> None:
    """Only where two texts are quoted is there a place where they part."""
    assert explanation.quotes_both(failed(expected=expected, got=got)) is both


FAULTS = {
    Reason.GRADER: "the grader's own fault",
    Reason.WORKER: "the grader's own fault",
    Reason.MACHINE_BUSY: "this machine's fault",
    Reason.MACHINE_LIMIT: "this machine's fault",
    None: "the grader's own fault",
}


@pytest.mark.parametrize(("reason", "fault"), FAULTS.items())
def test_whose_fault(reason: Reason | None, fault: str) -> None:
    """It is never the student's."""
    said = explanation.whose_fault(check("tcp.starts", Verdict.ERROR, reason=reason))
    assert fault in said and "not yours" in said


def test_every_reason_is_somebodys_fault() -> None:
    """None was forgotten above."""
    assert FAULTS.keys() == {*Reason, None}


@pytest.mark.parametrize(
    ("reasons", "fault"),
    [
        ((), "the grader's own fault"),
        ((Reason.MACHINE_BUSY, Reason.MACHINE_LIMIT), "this machine's fault"),
        ((Reason.MACHINE_BUSY, Reason.WORKER), "the grader's own fault"),
    ],
)
def test_whose_fault_several_are(reasons: tuple[Reason, ...], fault: str) -> None:
    """The machine is blamed where it is the only one; the grader's fault is to be reported."""
    errors = [check("tcp.starts", Verdict.ERROR, reason=reason) for reason in reasons]
    assert fault in explanation.whose_fault(*errors)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("partial", "no mark: not every check has run"),
        ("core-error", "no mark: the grader itself failed in a check"),
        ("machine-busy", "no mark: this machine could not finish a check"),
    ],
)
def test_no_mark(name: str, why: str) -> None:
    """It is said who failed, if anybody did."""
    assert explanation.no_mark(samples.SAMPLES[name]()) == why
