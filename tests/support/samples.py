"""Results made by hand: one for each kind of page that a student may see."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from grader.assignment import rubric
from grader.assignment.variants import NAMES, VARIANTS, variant
from grader.result import score
from grader.result.verdict import (
    SCHEMA_VERSION,
    CheckResult,
    Event,
    Evidence,
    GradeResult,
    Place,
    Point,
    SandboxInfo,
    Verdict,
)

TITLES = {
    "starts": "the server binds and keeps running",
    "handshake": "a newcomer is asked for a name and welcomed",
    "join-notice": "everyone already there is told the newcomer's name",
    "join-not-to-self": "the newcomer is not told of their own joining",
    "two-users": "a message reaches the other one, both ways",
    "many-users": "with five participants, every message reaches every other exactly once",
    "sender-excluded": "a message never comes back to its sender",
    "leave-notice": "leave is announced to everyone else exactly once",
    "survives-leave": "the others go on, and nothing is sent to who left",
    "survives-vanish": "the others go on after someone vanished",
    "client-name": "the client sends the typed name, and only that",
    "client-shows": "what arrives is printed while the client waits for typing",
    "client-sends": "typed text goes out as name: text",
    "client-leaves": "leave announces and ends the process with status 0",
    "server-threads": "each connection is served by a threading thread of its own",
    "client-threads": "receiving does not wait for typing, by a threading thread",
    "end-to-end": "three of the submission's own clients talk through its own server",
    "byte-by-byte": "a message sent byte by byte arrives as one",
    "vanish-once": "vanishing is announced exactly once",
    "hundred": "a hundred participants chat",
    "storm": "joins, leaves and messages all at once lose nothing",
}
SANDBOX = SandboxInfo("limits", "namespace", "idle-aware", "landlock")
HOSTILE = "\x1b[31mred \x1b]8;;http://x\x07link\u202e \u200b [bold]rich[/] \ud800 \x00 \x9b2J \t\r"

STARS = ("byte-by-byte", "vanish-once", "hundred", "storm")  # a few are enough
IDS = tuple(
    f"{variant}.{row.name}"
    for variant in VARIANTS
    for row in rubric.rows(variant)
    if not row.star or row.name in STARS
)

Change = Callable[[CheckResult], CheckResult]


def check(check_id: str, verdict: Verdict = Verdict.PASS, **fields: object) -> CheckResult:
    """A check of the rubric with a verdict."""
    of, name = check_id.split(".")
    graded = variant(of)
    row = rubric.row(name)
    most = row.max_points(graded)
    made = CheckResult(
        id=check_id,
        title=TITLES[name],
        task=row.task_of(graded),
        verdict=verdict,
        points=float(most if verdict is Verdict.PASS else 0),
        max_points=float(most),
        star=row.star,
        mandatory=row.mandatory,
        evidence=(Evidence.SEEN,),
        duration_s=0.25,
    )
    return replace(made, **fields)  # type: ignore[arg-type]  # the tests know the fields


def result(checks: Iterable[CheckResult], **fields: object) -> GradeResult:
    """A grading with these checks, summed up."""
    checks = tuple(checks)
    variants = tuple(
        score.variant_result(name, [c for c in checks if c.id.startswith(f"{name}.")])
        for name in NAMES
        if any(c.id.startswith(f"{name}.") for c in checks)
    )
    mark = score.submission_mark(variants)
    made = GradeResult(SCHEMA_VERSION, "lab4", 123, 4.2, SANDBOX, mark, variants)
    return replace(made, **fields)  # type: ignore[arg-type]  # the tests know the fields


def graded(changed: dict[str, Change] | None = None, **fields: object) -> GradeResult:
    """A grading of everything: all passed but for what ``changed`` makes of it."""
    changes = changed or {}
    checks = (check(check_id) for check_id in IDS)
    return result((changes.get(c.id, unchanged)(c) for c in checks), **fields)


def failed(**fields: object) -> Change:
    """A change that lets a check fail."""
    return lambda c: replace(c, verdict=Verdict.FAIL, points=0.0, **fields)  # type: ignore[arg-type]


def unchanged(c: CheckResult) -> CheckResult:
    """A change that changes nothing."""
    return c


def became(verdict: Verdict) -> Change:
    """A change to another verdict."""
    return lambda c: replace(c, verdict=verdict)


def skipped(message: str) -> Change:
    """A change that skips a check."""
    return lambda c: replace(c, verdict=Verdict.SKIP, points=0.0, message=message)


def full() -> GradeResult:
    """Everything passed."""
    return graded()


def _skeleton_check(check_id: str) -> CheckResult:
    of, name = check_id.split(".")
    graded = variant(of)
    row = rubric.row(name)
    if name in ("starts", "client-name"):
        message = f"task {row.task_of(graded)}: write this first"
        return check(check_id, Verdict.TODO, message=message)
    if row.needs:
        message = f"needs {row.needs[0]}, which did not pass"
    else:
        message = "the client does not come to the server: see client-name"
    return check(check_id, Verdict.SKIP, message=message)


def skeleton() -> GradeResult:
    """Nothing is written yet."""
    return result(_skeleton_check(check_id) for check_id in IDS)


def failing() -> GradeResult:
    """TCP well under way with two failures, one of them mandatory; UDP not begun."""
    needs = "needs client-shows, which did not pass"
    changes: dict[str, Change] = {
        "tcp.join-notice": failed(
            message="alice was told something else than bob's joining.",
            steps=("alice connects and gives her name", "bob connects", "bob gives his name"),
            expected="bob joined!\n",
            got="bob  joined!\n",
            hint="compare your text with the wire protocol, blank by blank",
            transcript=(
                Event(0.0, "step", "", "alice connects and gives her name"),
                Event(0.0012, "connects", "alice", "to port 14901"),
                Event(0.0029, "gets", "alice", "bob  joined!\n"),
            ),
            point=Point("missing", "alice", "bob joined!"),
        ),
        "tcp.client-shows": failed(
            message="the client printed nothing while it waited for typing.",
            steps=("the client joins as carol", "the host sends a message"),
            expected="a line with 'alice: kiwi 7301' on its standard output",
            hint="receive in a thread of its own: input() waits and nothing else goes on",
        ),
        "tcp.client-threads": skipped(needs),
        "tcp.vanish-once": failed(
            message="bob's vanishing was announced twice.",
            steps=("alice and bob join", "bob's connection is reset"),
            expected="*bob left*",
            got="*bob left*\n*bob left*\n",
            point=Point("doubled", "alice", "*bob left*"),
            mistake="leave-twice",
        ),
        "tcp.storm": became(Verdict.TODO),
    }
    checks = []
    for check_id in IDS:
        if check_id.startswith("udp."):
            checks.append(_skeleton_check(check_id))
        else:
            checks.append(changes.get(check_id, unchanged)(check(check_id)))
    return result(checks)


def mandatory_missing() -> GradeResult:
    """All but the threads of the server: 90 points wait."""
    source = "serve_forever() calls recv() itself"
    return graded({"tcp.server-threads": failed(message=source, evidence=(Evidence.STATIC,))})


def hostile() -> GradeResult:
    """Text that would like to take over the page, in every field."""

    def attack(c: CheckResult) -> CheckResult:
        return replace(
            c,
            title=f"{c.title} {HOSTILE}",
            verdict=Verdict.FAIL,
            points=0.0,
            message=HOSTILE,
            steps=(HOSTILE, "x" * 300),
            expected=f"alice: {HOSTILE}{'y' * 300}",
            got=f"alice: {HOSTILE}{'z' * 300}",
            hint=HOSTILE,
            transcript=(
                Event(0.0, "step", "", HOSTILE),
                Event(0.1, "connects", HOSTILE, HOSTILE),
                Event(0.2, "gets", HOSTILE, HOSTILE),
                Event(0.3, HOSTILE, HOSTILE, HOSTILE, fence=True),
            ),
            point=Point("unwanted", HOSTILE, HOSTILE),
            place=Place(HOSTILE, 1),
            mistake=HOSTILE,
        )

    return graded(
        {"tcp.two-users": attack, "udp.storm": attack},
        submission=f"lab 4/{HOSTILE}",
        notes=(HOSTILE,),
        sandbox=SandboxInfo(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE),
    )


def partial() -> GradeResult:
    """One check alone, as a replay runs it."""
    events = (Event(0.0, "step", "", "alice connects"), Event(0.0012, "gets", "alice", "name\n"))
    return result([check("tcp.join-notice", transcript=events)])


def graders_fault() -> GradeResult:
    """A check that the grader itself could not finish."""
    return graded(
        {
            "udp.hundred": lambda c: replace(
                c,
                verdict=Verdict.ERROR,
                message="OSError: too many open files",
                steps=("a hundred participants join",),
            )
        },
    )


def core_error() -> GradeResult:
    """The grader's own fault in a core check: the mark is not known."""
    return graded(
        {
            "tcp.starts": lambda c: replace(
                c, verdict=Verdict.ERROR, points=0.0, message="OSError: too many open files"
            )
        }
    )


def interrupted() -> GradeResult:
    """Ctrl+C after a few checks."""
    ids = IDS[:6]
    checks = [*(check(check_id) for check_id in ids[:5]), failed()(check(ids[5]))]
    return result(checks, interrupted=True, mark=None)


def file_missing() -> GradeResult:
    """A submission without its UDP files."""
    checks = [
        check(i)
        if i.startswith("tcp.")
        else check(i, Verdict.SKIP, message="udp_server.py is missing")
        for i in IDS
    ]
    return result(checks, notes=("no udp_server.py in lab4", "no udp_client.py in lab4"))


SAMPLES: dict[str, Callable[[], GradeResult]] = {
    "full": full,
    "skeleton": skeleton,
    "failing": failing,
    "mandatory-missing": mandatory_missing,
    "hostile": hostile,
    "partial": partial,
    "graders-fault": graders_fault,
    "core-error": core_error,
    "interrupted": interrupted,
    "file-missing": file_missing,
}
