"""pytest on one side, verdicts on the other.

The checks are ordinary tests; what makes them checks is here: the options, the ``chat``
fixture, the order and the needs of the rubric, and the :class:`CheckResult` of each.
``grader/checks/conftest.py`` loads it.
"""

from __future__ import annotations

import ast
import contextlib
import random
import time
from collections.abc import Generator
from pathlib import Path

import pytest

from grader import language
from grader.assignment import rubric
from grader.chat.dialect import Profile
from grader.chat.failure import Failure, Unmet
from grader.chat.world import Chat, opened
from grader.grading.outcome import Outcome, explain, judge
from grader.language import _
from grader.result.verdict import CheckResult, Evidence, SandboxInfo, Verdict
from grader.sandbox import activity, levels, limits, networks, reaper
from grader.sandbox.box import scratch_folder
from grader.submission import intake

CHECKS = Path(__file__).resolve().parents[1] / "checks"
BACKSTOP = 300  # seconds for one check; its own deadlines end it long before


class Grading:
    """What one run of pytest knows: the submission, what was learnt, the verdicts so far."""

    def __init__(self, config: pytest.Config) -> None:
        option = config.getoption
        variants = tuple(option("--variant").split(","))
        if option("--server") or option("--client"):
            server, client = option("--server"), option("--client")
            given = intake.from_files(
                variants[0], Path(server) if server else None, Path(client) if client else None
            )
        else:
            given = intake.in_folder(Path(option("--submission")))
        self._staging = contextlib.ExitStack()
        copy = self._staging.enter_context(scratch_folder())
        tools = self._staging.enter_context(scratch_folder())
        self.submission = intake.copied(given, copy)
        self.variants = variants
        self.seed: int = option("--seed")
        self.checks = tuple(filter(None, option("--checks").split(",")))
        self.profiles = {variant: Profile() for variant in variants}
        self.results: dict[str, CheckResult] = {}
        reaper.adopt_orphans()
        limits.allow_many_files()
        if option("--portable"):
            activity.disable()
        portable = option("--portable")
        # The network first: for an ordinary user it brings a user namespace.
        self.networks, no_network = networks.best(portable=portable)
        box, no_level = levels.choose(option("--sandbox"), portable=portable)
        self.box = box.compiled(tools)
        self.sandbox = SandboxInfo(
            level=self.box.level,
            files=self.box.files,
            network=self.networks.kind,
            clock="idle-aware" if activity.supported() else "wall",
            note="; ".join(filter(None, (no_level, no_network))),
        )

    def close(self) -> None:
        """Remove the copy of the submission, and what starts its programs."""
        self._staging.close()


GRADING = pytest.StashKey[Grading]()
OUTCOME = pytest.StashKey[Outcome]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options that the checks add to pytest."""
    group = parser.getgroup("chat lab")
    group.addoption("--submission", default="lab4", help="folder to grade")
    group.addoption("--server", default="", help="grade this server alone")
    group.addoption("--client", default="", help="grade this client alone")
    group.addoption("--variant", default="tcp,udp", help="tcp, udp or tcp,udp")
    group.addoption("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    group.addoption("--portable", action="store_true", help="use nothing that only Linux has")
    group.addoption(
        "--sandbox", default="auto", choices=("auto", *levels.LEVELS), help="what keeps it apart"
    )
    group.addoption(
        "--lang", default="en", choices=language.LANGUAGES, help="the language of all texts"
    )
    group.addoption("--checks", default="", help="ids of the checks to run, in this order")


def pytest_configure(config: pytest.Config) -> None:
    """Choose the language, find the submission, prepare the sandbox."""
    language.use(config.getoption("--lang"))
    try:
        config.stash[GRADING] = Grading(config)
    except (intake.NotFound, levels.Unavailable) as error:
        raise pytest.UsageError(str(error)) from None


def pytest_unconfigure(config: pytest.Config) -> None:
    """Clean up."""
    if GRADING in config.stash:
        config.stash[GRADING].close()


def pytest_report_header(config: pytest.Config) -> str:
    """Say what is graded, and how the draws can be replayed."""
    grading = config.stash[GRADING]
    return f"submission: {grading.submission.label}, --seed {grading.seed}"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One item for each variant that has the check."""
    if "chat" in metafunc.fixturenames:
        row = rubric.row(_name(metafunc.function.__name__))
        variants = metafunc.config.stash[GRADING].variants
        metafunc.parametrize("chat", [v for v in variants if row.has(v)], indirect=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Only the checks asked for, in that order; otherwise all, in the rubric's order."""
    grading = config.stash[GRADING]
    known = rubric.check_ids(grading.variants)
    mine = [item for item in items if check_id(item) in known]
    order = {id_: number for number, id_ in enumerate(grading.checks or known)}
    chosen = [item for item in mine if check_id(item) in order]
    chosen.sort(key=lambda item: order[check_id(item)])
    config.hook.pytest_deselected(items=[item for item in mine if item not in chosen])
    items[:] = chosen
    for item in items:
        item.add_marker(pytest.mark.timeout(BACKSTOP))


@pytest.fixture(name="chat")
def _chat(request: pytest.FixtureRequest) -> Generator[Chat]:
    """The world of this check, fresh."""
    grading = request.config.stash[GRADING]
    variant, id_ = request.param, check_id(request.node)
    rng = random.Random(f"{grading.seed}:{id_}")
    profile = grading.profiles[variant]
    profile.patience.starved = False
    given = (variant, grading.submission, profile, grading.networks, rng, grading.box)
    with opened(*given) as world:
        yield world


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """Run a check: first its needs, then the check, then a last look at all inboxes."""
    world = pyfuncitem.funcargs.get("chat")
    if not isinstance(world, Chat):
        return (yield)
    _require(pyfuncitem, world)
    started = time.monotonic()
    failure: Failure | None = None
    try:
        result = yield
        world.finish()
    except Failure as error:
        failure = error
        raise
    finally:
        pyfuncitem.stash[OUTCOME] = Outcome(
            steps=world.transcript.steps(),
            transcript=world.transcript.events(),
            evidence=_evidence(world, failure),
            duration_s=round(time.monotonic() - started, 4),
            starved=world.profile.patience.starved,
            not_written=world.not_written() if failure else "",
            place=world.place() if failure else None,
        )
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn how the check ended into a verdict."""
    report = yield
    error = call.excinfo.value if call.excinfo else None
    if isinstance(error, (KeyboardInterrupt, SystemExit, pytest.exit.Exception)):
        return report
    if call.when == "call" or error is not None:
        grading = item.config.stash[GRADING]
        outcome = item.stash.get(OUTCOME, Outcome())
        result = judge(check_id(item), title(item), error, outcome)
        grading.results[result.id] = result
        if isinstance(error, Failure):
            report.longrepr = explain(result)
        if result.verdict in (Verdict.SKIP, Verdict.TODO):
            report.outcome = "skipped"
            report.longrepr = (str(item.path), 0, f"{result.verdict.value}: {result.message}")
    return report


def check_id(item: pytest.Item) -> str:
    """``tcp.join-notice`` for ``test_join_notice[tcp]``; nothing for other tests."""
    callspec = getattr(item, "callspec", None)
    if callspec is None or "chat" not in callspec.params:
        return ""
    return f"{callspec.params['chat']}.{_name(item.originalname)}"  # type: ignore[attr-defined]


def title(item: pytest.Item) -> str:
    """The docstring of a check: the line that students read."""
    text: str = getattr(item, "function").__doc__ or ""  # noqa: B009 (Item has no such type)
    words = " ".join(text.split())
    return _(words)


def titles() -> dict[str, str]:
    """The title of every check by its name, read from the sources without running them."""
    found = {}
    for path in sorted(CHECKS.glob("test_*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                text = " ".join((ast.get_docstring(node) or "").split())
                found[_name(node.name)] = _(text)
    return found


def _name(function: str) -> str:
    return function.removeprefix("test_").replace("_", "-")


def _require(item: pytest.Item, world: Chat) -> None:
    grading = item.config.stash[GRADING]
    row = rubric.row(check_id(item).partition(".")[2])
    missing = world.submission.missing(world.variant, row.files)
    if missing:
        raise Unmet(_("{file} is missing").format(file=missing))
    for need in row.needs:
        result = grading.results.get(f"{world.variant}.{need}")
        if result is not None and result.verdict is not Verdict.PASS:
            raise Unmet(_("needs {check}, which did not pass").format(check=need))


def _evidence(world: Chat, failure: Failure | None) -> tuple[Evidence, ...]:
    if failure is not None and failure.evidence:
        return failure.evidence
    found = set(world.evidence).union(*(p.evidence for p in world.everybody()))
    return tuple(e for e in Evidence if e in found)
