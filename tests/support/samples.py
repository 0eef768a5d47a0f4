"""Results made by hand: one for each kind of page that a student may see."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from grader.assignment import rubric
from grader.assignment.check_ids import name_of, variant_of
from grader.assignment.variants import variant
from grader.fact import fact
from grader.grading.titles import titles
from grader.result.check import CheckResult, Place, Point, Raised, Standing
from grader.result.grade import GradeResult, SandboxInfo
from grader.result.verdict import Difference, EventKind, Evidence, Reason, Verdict
from support.changes import (
    IDS,
    Change,
    became,
    check,
    failed,
    graded,
    in_time,
    result,
    skipped,
    unchanged,
)
from support.made_up import happened, step

HOSTILE = "\x1b[31mred \x1b]8;;http://x\x07link\u202e \u200b [bold]rich[/] \ud800 \x00 \x9b2J \t\r"


def full() -> GradeResult:
    """Everything passed."""
    return graded()


def _skeleton_check(id_: str) -> CheckResult:
    name = name_of(id_)
    row = rubric.row(name)
    if name in ("starts", "client-name"):
        task = fact("task", number=row.task_of(variant(variant_of(id_))), title="write this first")
        return check(id_, Verdict.TODO, message=task)
    if row.needs:
        return check(id_, Verdict.SKIP, message=fact("needs", check=row.needs[0]))
    return check(id_, Verdict.SKIP, message=fact("client-absent"))


def skeleton() -> GradeResult:
    """Nothing is written yet."""
    return result(_skeleton_check(id_) for id_ in IDS)


def failing() -> GradeResult:
    """TCP well under way with two failures; UDP not begun."""
    needs = fact("needs", check="client-shows")
    changes: dict[str, Change] = {
        "tcp.join-notice": failed(
            message=fact("join-not-told", name="alice"),
            expected=fact("text", text="bob joined!"),
            got=fact("texts", texts=("bob  joined!",)),
            transcript=in_time(
                step("connects-and-gives-name", name="alice"),
                happened(EventKind.CONNECTS, "alice", fact=fact("to-port", port=14901)),
                step("connects", name="bob"),
                happened(EventKind.CONNECTS, "bob", fact=fact("to-port", port=14901)),
                step("gives-name", name="bob"),
                happened(EventKind.GETS, "alice", "bob  joined!\n"),
            ),
            point=Point(Difference.MISSING, "alice", "bob joined!"),
        ),
        "tcp.client-shows": failed(
            message=fact("not-printed"),
            expected=fact("text", text="alice: kiwi 7301"),
            transcript=in_time(
                step("types-name", name="carol"),
                step("host-sends", text="alice: kiwi 7301"),
            ),
        ),
        "tcp.client-threads": skipped(needs),
        "tcp.vanish-once": failed(
            message=fact("leave-not-once"),
            expected=fact("exactly-once", text="*bob left*"),
            got=fact("got-times", name="alice", count=2),
            transcript=in_time(
                step("connects-and-gives-name", name="bob"),
                step("vanishes-by", name="bob", how="reset"),
            ),
            point=Point(Difference.DOUBLED, "alice", "*bob left*"),
            mistake="leave-twice",
        ),
        "tcp.storm": became(Verdict.TODO),
    }
    checks = []
    for id_ in IDS:
        if variant_of(id_) == "udp":
            checks.append(_skeleton_check(id_))
        else:
            checks.append(changes.get(id_, unchanged)(check(id_)))
    return result(checks)


def mandatory_missing() -> GradeResult:
    """All but the threads of the server: 90 points wait."""
    threads = failed(message=fact("server-makes-no-thread"), evidence=(Evidence.STATIC,))
    return graded({"tcp.server-threads": threads})


def hostile() -> GradeResult:
    """Text that would like to take over the page, in every field."""

    def attack(c: CheckResult) -> CheckResult:
        return replace(
            c,
            title=f"{c.title} {HOSTILE}",
            verdict=Verdict.FAIL,
            points=0.0,
            message=fact("message-missing", name=HOSTILE),
            expected=fact("verbatim", text=f"alice: {HOSTILE}{'y' * 300}"),
            got=fact("complaining", how=fact("nothing"), complaint=f"{HOSTILE}{'z' * 300}"),
            transcript=(
                step(HOSTILE, **{HOSTILE: HOSTILE, "texts": (HOSTILE,), "fact": fact(HOSTILE)}),
                step("says", name="x" * 300, text=HOSTILE),
                happened(EventKind.CONNECTS, HOSTILE, fact=fact(HOSTILE), at=0.1),
                happened(EventKind.GETS, HOSTILE, HOSTILE, at=0.2),
                happened(EventKind.PRINTS, HOSTILE, HOSTILE, at=0.3, fence=True),
            ),
            point=Point(Difference.UNWANTED, HOSTILE, HOSTILE),
            place=Place(HOSTILE, 1),
            raised=(Raised(Place(HOSTILE, 1), HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE),),
            standing=(Standing(HOSTILE, Place(HOSTILE, 1), HOSTILE),),
            cause=fact("waits-for-lock", lock=HOSTILE, line=1),
            mistake=HOSTILE,
        )

    return graded(
        {"tcp.two-users": attack, "udp.storm": attack},
        submission=f"lab 4/{HOSTILE}",
        notes=(fact("verbatim", text=HOSTILE),),
        sandbox=SandboxInfo(HOSTILE, HOSTILE, HOSTILE, HOSTILE, (fact(HOSTILE),)),
    )


def partial() -> GradeResult:
    """One check alone, as a replay runs it."""
    events = (
        step("connects", name="alice"),
        happened(EventKind.GETS, "alice", "name\n", at=0.0012),
    )
    return result([check("tcp.join-notice", transcript=events)])


def graders_fault() -> GradeResult:
    """A check that the grader itself could not finish."""
    return graded(
        {
            "tcp.hundred": lambda c: replace(
                c,
                verdict=Verdict.ERROR,
                message=fact("raised", error="KeyError", text="'user7301'"),
                reason=Reason.GRADER,
                transcript=(step("says", name="alice", text="kiwi 7301"),),
            )
        },
        over=["tcp"],
    )


def core_error() -> GradeResult:
    """The grader's own fault in a core check: the mark is not known."""
    return graded(
        {
            "tcp.starts": lambda c: replace(
                c,
                verdict=Verdict.ERROR,
                points=0.0,
                message=fact("raised", error="KeyError", text="'tcp'"),
                reason=Reason.GRADER,
            )
        },
        over=["tcp"],
    )


def machine_busy() -> GradeResult:
    """Other programs used the processors while a core check ran: the mark is not known."""
    return graded(
        {
            "tcp.many-users": lambda c: replace(
                c,
                verdict=Verdict.ERROR,
                points=0.0,
                message=fact("machine-busy"),
                reason=Reason.MACHINE_BUSY,
                transcript=(step("connects-and-gives-name", name="alice"),),
            )
        },
        over=["tcp"],
    )


def interrupted() -> GradeResult:
    """Ctrl+C after a few checks."""
    ids = IDS[:6]
    last = failed(
        message=fact("server-ended"),
        expected=fact("runs-until-stopped"),
        got=fact(
            "complaining",
            how=fact("program-ended", file="tcp_server.py", status=1),
            complaint="RuntimeError: Set changed size during iteration",
        ),
        place=Place("tcp_server.py", 41),
        evidence=(Evidence.END_OF_STREAM,),
        mistake="changed-while-looping",
    )
    checks = [*(check(id_) for id_ in ids[:5]), last(check(ids[5]))]
    return result(checks, interrupted=True, mark=None)


def file_missing() -> GradeResult:
    """A submission without its UDP files."""
    missing = fact("file-trouble", file="udp_server.py", trouble=fact("is-missing"))
    checks = [
        check(i) if variant_of(i) == "tcp" else check(i, Verdict.SKIP, message=missing) for i in IDS
    ]
    lacking = (
        fact("files-lacking", files=fact("file-trouble", file=file, trouble=fact("is-missing")))
        for file in ("udp_server.py", "udp_client.py")
    )
    return result(checks, notes=tuple(lacking))


def nearly() -> GradeResult:
    """What README.md shows: TCP is done but for one check, UDP is not begun.

    It has all checks of the rubric, called what the grader calls them.
    """
    told, checks = titles(), []
    for id_ in rubric.check_ids():
        made = check(id_) if variant_of(id_) == "tcp" else _skeleton_check(id_)
        made = replace(made, title=told[made.name])
        checks.append(echoed(made) if id_ == "tcp.sender-excluded" else made)
    sandbox = SandboxInfo("namespaces", "namespace", "idle-aware", "private", ())
    return result(checks, seed=14901, duration_s=10.9, sandbox=sandbox)


def echoed(c: CheckResult) -> CheckResult:
    """A check that found a message back at its sender."""
    come = (step("connects-and-gives-name", name=name) for name in ("alice", "bob", "carol"))
    return replace(
        c,
        verdict=Verdict.FAIL,
        points=0.0,
        message=fact("echoed"),
        transcript=(step("server-starts"), *come, step("says", name="alice", text="hello")),
        expected=fact("nothing-like", text="alice: hello", name="alice"),
        got=fact("text", text="alice: hello"),
        mistake="sender-included",
    )


SAMPLES: dict[str, Callable[[], GradeResult]] = {
    "full": full,
    "skeleton": skeleton,
    "failing": failing,
    "mandatory-missing": mandatory_missing,
    "hostile": hostile,
    "partial": partial,
    "graders-fault": graders_fault,
    "core-error": core_error,
    "machine-busy": machine_busy,
    "interrupted": interrupted,
    "file-missing": file_missing,
}
