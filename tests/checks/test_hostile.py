"""No submission gets what it has not earned, and none harms whoever grades it.

Each is graded by a copy of the kit, on the command line, as a teacher would: what an attack
would change or end is that copy, and not what runs these tests.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from submissions.hostile import LEVELS, MARK, Hostile, Places
from submissions.hostile.cribbing import CRIBBING
from submissions.hostile.escaping import ESCAPING
from submissions.hostile.faking import FAKING
from submissions.hostile.forging import FORGING
from submissions.hostile.inputs import INPUTS
from submissions.hostile.resources import RESOURCES
from support import boxes, gradings, worlds

from grader import reports
from grader.assignment import rubric
from grader.assignment.variants import variant
from grader.reports.terminal import table
from grader.reports.terminal.console import make_console
from grader.result import codec as json_report
from grader.result.grade import GradeResult
from grader.result.verdict import Verdict

LIMIT = 110  # seconds in which a grading has to end
GONE = 5  # seconds for processes that have been killed to be gone
TABLES = {
    "forging": FORGING,
    "cribbing": CRIBBING,
    "escaping": ESCAPING,
    "faking": FAKING,
    "resources": RESOURCES,
    "inputs": INPUTS,
}
DEPENDS = ("forging", "cribbing", "escaping")  # on walls
ALL = [(kind, row) for kind, rows in TABLES.items() for row in rows]
COLOUR = re.compile(r"\x1b\[[0-9;]*m")  # what the table's own styles come to


def levels_of(kind: str, row: Hostile) -> list[str]:
    """The best level here that stops it; for what depends on walls, the weakest as well."""
    here = [level for level in boxes.BOXES if level in row.stopped_at]
    closed = [level for level in here if boxes.BOXES[level].files != "open"]
    weakest = closed[-1:] if kind in DEPENDS else []
    return list(dict.fromkeys([*closed[:1], *weakest]))


each_attack = pytest.mark.parametrize(
    ("row", "level"),
    [
        pytest.param(row, level, id=f"{kind}-{row.name}-{level}")
        for kind, row in ALL
        for level in levels_of(kind, row)
    ],
)


@pytest.fixture(name="places")
def _places() -> Iterator[Places]:
    """A copy of the kit, with two submissions beside it, in a folder that anybody may enter."""
    with tempfile.TemporaryDirectory(prefix="hostile-") as folder:
        home = Path(folder)
        for part in ("grader", "reference"):
            shutil.copytree(gradings.ROOT / part, home / "kit" / part)
        for name in ("alice", "bob"):
            (home / "handed-in" / name).mkdir(parents=True)
        gradings.write_submission(home / "handed-in/bob", {})
        home.chmod(0o755)
        token = f"h{secrets.token_hex(5)}"
        (home / "scratch").mkdir()
        yield Places(token, home / "kit", home / "handed-in/bob", home / "result.json")


@pytest.mark.timeout(120)
@worlds.needs_linux
@each_attack
def test_an_attack_gains_nothing(row: Hostile, level: str, places: Places) -> None:
    """What it earns is what it does; all else is as it was before."""
    submission = places.beside.with_name("alice")
    row.write(submission, places)
    before = fingerprint(places)
    status, said = grade(row, level, submission, places)
    survivors = left(places)
    assert not survivors, f"{row.name} left behind: {survivors}"
    assert not os.listdir(places.scratch), f"{row.name} left files behind"
    assert fingerprint(places) == before, f"{row.name} changed a file of somebody else's"
    assert not said, f"{row.name} wrote on the terminal:\n{said}"
    result = json_report.loads(places.result.read_text(encoding="ascii"))
    assert result.sandbox.level == level
    judge(row, result)
    inspect(result)
    assert status == 0


def grade(row: Hostile, level: str, submission: Path, places: Places) -> tuple[int, str]:
    """Grade it; returns the exit status and all that came to the terminal."""
    arguments = ["--variant", row.variant, "--seed", str(gradings.SEED), "--sandbox", level]
    arguments += ["--format", "json", "--output", str(places.result), "--only", *row.checks]
    popen = subprocess.Popen(
        [sys.executable, "-B", "-m", "grader", str(submission), *arguments],
        cwd=places.kit,
        env=os.environ | {"CHAT_LAB_SECRET": places.token[::-1], "TMPDIR": str(places.scratch)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        said = popen.communicate(timeout=LIMIT)[0]
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(popen.pid, signal.SIGKILL)
        popen.wait()
    return popen.returncode, said.decode("utf-8", "backslashreplace")


def left(places: Places) -> list[str]:
    """What still runs of the submission and of the grader that graded it; ended now."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            words = [process.name(), *process.cmdline()]
            if any(places.token in word or str(places.kit) in word for word in words):
                found.append(process)
    survivors = psutil.wait_procs(found, timeout=GONE)[1]
    for process in survivors:
        with contextlib.suppress(psutil.Error):
            process.kill()
    return [str(process) for process in survivors]


def fingerprint(places: Places) -> dict[str, str]:
    """What is to stay as it is, by its path: each file of the kit and of both submissions."""
    found = {}
    for path in (*places.kit.rglob("*"), *places.beside.parent.rglob("*")):
        if path.is_symlink():
            found[str(path)] = os.readlink(path)
        elif path.is_file() and path.stat().st_size < 1 << 24:
            mode, attributes = path.stat().st_mode, os.listxattr(path)
            found[str(path)] = (
                f"{hashlib.sha256(path.read_bytes()).hexdigest()} {mode} {attributes}"
            )
        else:
            found[str(path)] = oct(path.stat().st_mode)
    for path in Path("/proc/sysvipc").glob("*"):  # objects of the kernel's
        found[str(path)] = path.read_text(encoding="ascii")
    return found


def judge(row: Hostile, result: GradeResult) -> None:
    """It has passed nothing but what it may pass, and nothing is the grader's fault."""
    found = {c.id.partition(".")[2]: c for v in result.variants for c in v.checks}
    assert found.keys() == set(row.checks)
    passed = {name for name, check in found.items() if check.verdict is Verdict.PASS}
    assert passed <= row.passes, f"{row.name} gained {sorted(passed - row.passes)}"
    faults = {n: c.message for n, c in found.items() if c.verdict is Verdict.ERROR}
    assert not faults, f"{row.name} is taken for a fault of the grader's: {faults}"


def inspect(result: GradeResult) -> None:
    """Nothing in the reports does anything but stand there."""
    written = json_report.dumps(result)
    assert json_report.loads(written) == result
    assert all(" " <= character <= "~" or character == "\n" for character in written)
    plain = reports.dumps(result, "table")
    assert all(character.isprintable() or character == "\n" for character in plain)
    file = io.StringIO()
    console = make_console(file, width=100)
    console._force_terminal = True  # as on a screen
    table.write(result, console, trace=True)
    shown = COLOUR.sub("", file.getvalue())
    assert all(character.isprintable() or character == "\n" for character in shown)


@worlds.needs_linux
def test_who_is_left_is_found(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that names itself as the submissions do is found, and ended."""
    monkeypatch.setattr(sys.modules[__name__], "GONE", 0)
    source = places.told(f"{MARK}print(flush=True)\nimport time\ntime.sleep(600)\n")
    with subprocess.Popen([sys.executable, "-"], stdin=-1, stdout=-1) as popen:
        assert popen.stdin is not None and popen.stdout is not None
        popen.stdin.write(source.encode())
        popen.stdin.close()
        popen.stdout.readline()
        assert len(left(places)) == 1
        assert popen.wait(worlds.PATIENCE) == -signal.SIGKILL


# The tables.


def test_rows_have_names_of_their_own() -> None:
    names = [row.name for _, row in ALL]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("row", [row for _, row in ALL], ids=lambda row: row.name)
def test_a_row_says_what_it_needs_to(row: Hostile) -> None:
    """Its checks are those of the rubric, and it may pass no others; some level stops it."""
    known = {check.name for check in rubric.rows(variant(row.variant))}
    assert row.checks and set(row.checks) <= known
    assert row.passes <= set(row.checks)
    assert row.stopped_at and row.stopped_at <= LEVELS
    assert row.attempts and not row.attempts.endswith(".")


def test_every_attack_is_in_the_table_of_the_page() -> None:
    """docs/security.md names each of these submissions once, and none that is not here."""
    page = (gradings.ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| ") and " | `" in line]
    named = [name for row in rows for name in re.findall(r"`([a-z0-9-]+)`", row.split(" | ")[-1])]
    assert sorted(named) == sorted(row.name for _, row in ALL)
