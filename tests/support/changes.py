"""Results of the rubric with all passed, and changes of single checks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from msgspec.structs import replace

from grader.assignment import rubric
from grader.assignment.check_ids import check_id, name_of, variant_of
from grader.assignment.variants import NAMES, VARIANTS
from grader.fact import Fact
from grader.result import score
from grader.result.check import CheckResult, Event
from grader.result.grade import SCHEMA_VERSION, GradeResult, SandboxInfo
from grader.result.verdict import Evidence, Verdict
from support.made_up import check_result

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
SANDBOX = SandboxInfo("limits", "namespace", "idle-aware", "landlock", ())

STARS = ("byte-by-byte", "vanish-once", "hundred", "storm")  # a few are enough
IDS = tuple(
    check_id(variant.name, row.name)
    for variant in VARIANTS
    for row in rubric.rows(variant)
    if not row.star or row.name in STARS
)

Change = Callable[[CheckResult], CheckResult]


def check(id_: str, verdict: Verdict = Verdict.PASS, **fields: object) -> CheckResult:
    """A check of the rubric with a verdict."""
    title = TITLES.get(name_of(id_), name_of(id_))
    shown = {"title": title, "evidence": (Evidence.SEEN,), "duration_s": 0.25}
    return check_result(id_, verdict, **{**shown, **fields})


def result(checks: Iterable[CheckResult], **fields: object) -> GradeResult:
    """A grading with these checks, summed up."""
    checks = tuple(checks)
    variants = tuple(
        score.variant_result(name, [c for c in checks if c.variant == name])
        for name in NAMES
        if any(c.variant == name for c in checks)
    )
    mark = score.submission_mark(variants)
    made = GradeResult(
        SCHEMA_VERSION, "lab4", 123, 4.2, SANDBOX, mark, score.full_mark(), variants, (), False
    )
    return replace(made, **fields)  # type: ignore[arg-type]  # the tests know the fields


def graded(
    changed: dict[str, Change] | None = None, over: Sequence[str] = NAMES, **fields: object
) -> GradeResult:
    """A grading of these variants: all passed but for what ``changed`` makes of it."""
    changes = changed or {}
    checks = (check(id_) for id_ in IDS if variant_of(id_) in over)
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


def skipped(message: Fact) -> Change:
    """A change that skips a check."""
    return lambda c: replace(c, verdict=Verdict.SKIP, points=0.0, message=message)


def in_time(*events: Event) -> tuple[Event, ...]:
    """These events, one after the other."""
    return tuple(replace(event, at=0.0012 * at) for at, event in enumerate(events))
