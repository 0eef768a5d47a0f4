"""What the kit can do, one session each.

``python3 noxfile.py -s grade`` (Windows: ``py noxfile.py -s grade``) needs Python and pip,
nothing else. Run as a script, this file makes an environment of its own in ``.nox``, once,
and hands its arguments to the nox in there. Run by nox, it is an ordinary noxfile.
"""

import sys

# Above this line only what an old Python can read: it is to say this, not SyntaxError.
if sys.version_info < (3, 10):  # noqa: UP036 (whoever comes here may have an older one)
    sys.stderr.write(f"noxfile.py: expected Python 3.10 or newer, got {sys.version.split()[0]}\n")
    sys.exit(3)

import contextlib
import importlib.util
import logging
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

ROOT = Path(__file__).resolve().parent
PYTHONS = ("3.10", "3.11", "3.12", "3.13")
# One environment for everything that runs the kit; the tests and lint have others.
ENVIRONMENT = ROOT / ".nox" / "kit-{}.{}".format(*sys.version_info)
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = "made-of.txt"  # written last: an environment without it is half-made
PATIENCE = 10  # seconds for a command to clean up after Ctrl+C
# Exit statuses; the others are those of the grader.
NOT_PREPARED, INTERRUPTED = 3, 130
# Starts nox so that Ctrl+C while it is being imported leaves no traceback either.
START_NOX = """
import signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
from nox.__main__ import main
sys.argv[0] = "nox"
signal.signal(signal.SIGINT, signal.default_int_handler)
main()
"""


class CannotPrepare(Exception):
    """An environment could not be made; the message is a line for the user."""


def requirements(*names: str) -> list[str]:
    """The requirements in these lists of pyproject.toml (Python 3.10 cannot read TOML)."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    found: list[str] = []
    for name in names:
        block = re.search(rf"^{name} = \[\n(.*?)^\]", text, re.MULTILINE | re.DOTALL)
        if block is None:
            raise KeyError(name)
        found += re.findall(r'^ *"([^"]+)",', block[1], re.MULTILINE)
    return found


def recipe() -> str:
    """What the kit's environment is made of; when it changes, the environment is made again."""
    return "\n".join([sys.base_prefix, *requirements("dependencies", "nox")]) + "\n"


def is_ready() -> bool:
    """Whether the kit's environment is complete and up to date."""
    stamp = ENVIRONMENT / STAMP
    return PYTHON.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == recipe()


def prepare() -> None:
    """Make the kit's environment if need be. Raises CannotPrepare."""
    if is_ready():
        return
    if Path(sys.prefix) == ENVIRONMENT:
        raise CannotPrepare("pyproject.toml has changed: run python3 noxfile.py once")
    try:
        _make()
    except OSError as error:
        raise CannotPrepare(f"cannot make {ENVIRONMENT}: {error}") from None


def has(package: str) -> bool:
    """Whether this Python has a package: more than a folder left behind by one."""
    spec = importlib.util.find_spec(package)
    return spec is not None and spec.origin is not None


def _make() -> None:
    has_pip = has("pip")
    if not has_pip and not has("ensurepip"):
        raise CannotPrepare(
            f"{sys.executable} has no pip: install it first "
            "(Debian, Ubuntu: apt install python3-pip; Fedora: dnf install python3-pip)"
        )
    print(f"noxfile.py: installing into {ENVIRONMENT.relative_to(ROOT)}, once", file=sys.stderr)
    if ENVIRONMENT.exists():
        shutil.rmtree(ENVIRONMENT)
    # The pip at hand does the work: where it belongs to the system (Debian, Ubuntu), a new
    # environment may be unable to get one of its own. Installing into a folder is what every
    # version of pip can do, also where it must not install into the system.
    _run(sys.executable, "-m", "venv", *(["--without-pip"] if has_pip else []), str(ENVIRONMENT))
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    folder = _run(str(PYTHON), "-c", ask).strip()
    pip = [sys.executable if has_pip else str(PYTHON), "-m", "pip", "install", "--target", folder]
    _run(*pip, *requirements("dependencies", "nox"))
    (ENVIRONMENT / STAMP).write_text(recipe(), encoding="utf-8")


def _run(*command: str) -> str:
    """Run a command; returns what it printed. Raises CannotPrepare with the reason."""
    # Settings of the user's pip that contradict a folder to install into.
    wanted = {"PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, **wanted},
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        name = " ".join(command[1:4]) if command[1] == "-m" else command[0]
        raise CannotPrepare(f"python {name} failed: {reason(done.stdout)}")
    return done.stdout


def reason(output: str) -> str:
    """The line that says most about why pip or venv failed."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    if any("Retrying" in line for line in lines):
        return "cannot reach the package index (is there a network? does pip need a proxy?)"
    errors = [line for line in lines if line.lower().startswith("error")]
    return (errors or lines or ["it said nothing"])[-1]


def give_up(error: CannotPrepare) -> NoReturn:
    """Say why nothing can run, and end."""
    print(f"noxfile.py: {error}", file=sys.stderr)
    sys.exit(NOT_PREPARED)


def main(arguments: list[str]) -> NoReturn:
    """Run nox from the kit's environment with these arguments."""
    try:
        prepare()
    except CannotPrepare as error:
        give_up(error)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    # Isolated: nothing in the folder that this was called from is imported.
    command = [str(PYTHON), "-I", "-c", START_NOX, "-f", str(ROOT / "noxfile.py"), *arguments]
    if os.name != "nt":
        os.execv(command[0], command)
    sys.exit(attached(command))


def attached(command: list[str]) -> int:
    """Run a command on this terminal, which tells it of Ctrl+C too; returns its status."""
    process = subprocess.Popen(command, cwd=ROOT)
    try:
        status = process.wait()
    except KeyboardInterrupt:
        with contextlib.suppress(subprocess.TimeoutExpired, KeyboardInterrupt):
            process.wait(PATIENCE)
        process.kill()
        status = process.wait()
    return status if status >= 0 else 128 - status


if __name__ == "__main__":
    main(sys.argv[1:])


import nox  # noqa: E402 (a script that is yet to install it ends above this line)

nox.needs_version = ">=2024.4.15"
nox.options.sessions = ["grade"]
nox.options.reuse_venv = "yes"
nox.options.error_on_missing_interpreters = False
# People want to see the score table, not nox's own messages.
logging.getLogger("nox").setLevel(logging.WARNING)


def run_kit(session: nox.Session, *arguments: str) -> None:
    """Run Python in the kit's environment and end with its exit status.

    nox would make every failure a 1, and a traceback of Ctrl+C.
    """
    try:
        prepare()
    except CannotPrepare as error:
        give_up(error)
    status = attached([str(PYTHON), *arguments, *session.posargs])
    if status:
        raise SystemExit(status)


@nox.session(venv_backend="none")
def grade(session: nox.Session) -> None:
    """Grade lab4, or: -- PATH [OPTION ...]; -- --help shows the options."""
    run_kit(session, "-m", "grader")


@nox.session(venv_backend="none")
def show(session: nox.Session) -> None:
    """Show a stored result in any language and format: -- RESULT.json [OPTION ...]."""
    run_kit(session, "-m", "grader", "show")


# What follows builds and checks the kit. Those who got it to work with have none of it.
MAINTAINED = (ROOT / "kit").is_dir()


def maintained(**options: Any) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A session that is there only where the whole kit is."""
    return nox.session(**options) if MAINTAINED else lambda function: function


@maintained(venv_backend="none")
def demo(session: nox.Session) -> None:
    """Show the reference: a server and three clients on one screen."""
    run_kit(session, "reference/demo.py")


@maintained(venv_backend="none")
def skeleton(session: nox.Session) -> None:
    """Make lab4 from the reference, or: -- --force, -- --check."""
    run_kit(session, "-m", "kit.skeleton")


@maintained(venv_backend="none")
def tables(session: nox.Session) -> None:
    """Write the tables of the documents from the rubric, or: -- --check."""
    run_kit(session, "-m", "kit.tables")


@maintained(venv_backend="none")
def schema(session: nox.Session) -> None:
    """Write docs/result.schema.json from the classes of a result, or: -- --check."""
    run_kit(session, "-m", "kit.schema")


@maintained(venv_backend="none")
def handout(session: nox.Session) -> None:
    """Pack dist/lab4-handout.zip: what students get, without the reference."""
    run_kit(session, "-m", "kit.pack", "handout")


@maintained(venv_backend="none")
def gradescope(session: nox.Session) -> None:
    """Pack dist/gradescope.zip: an autograder to upload."""
    run_kit(session, "-m", "kit.pack", "gradescope")


@maintained(venv_backend="none")
def bench(session: nox.Session) -> None:
    """Measure the reference server next to a naive one."""
    run_kit(session, "tests/bench/bench.py")


@maintained(name="bench-start", venv_backend="none")
def bench_start(session: nox.Session) -> None:
    """Measure what the sandbox adds to the start of a program."""
    run_kit(session, "tests/bench/start.py")


@maintained(name="bench-unfinished", venv_backend="none")
def bench_unfinished(session: nox.Session) -> None:
    """Grade unfinished work again and again: it is to come out the same."""
    run_kit(session, "tests/bench/unfinished.py")


@maintained(venv_backend="none")
def audit(session: nox.Session) -> None:
    """Measure how often a verdict is wrong, or: -- --cut, -- --help shows the options."""
    run_kit(session, "tests/audit/audit.py")


@nox.session(venv_backend="none")
def strangers(session: nox.Session) -> None:
    """Measure how programs by people who never saw the grader are judged; -- --help."""
    run_kit(session, "tests/strangers/measure.py")


def install(session: nox.Session, *names: str) -> None:
    """Install these lists of pyproject.toml, unless the environment has them already."""
    logging.getLogger("nox").setLevel(logging.INFO)
    wanted = "\n".join(requirements(*names)) + "\n"
    stamp = Path(session.virtualenv.location) / STAMP
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
        session.install(*requirements(*names))
        stamp.write_text(wanted, encoding="utf-8")


@maintained()
def translations(session: nox.Session) -> None:
    """Collect the sentences and compile the translations, or: -- --check."""
    install(session, "dependencies", "translations")
    session.run("python", "-m", "kit.translations", *session.posargs)


@maintained()
def tests(session: nox.Session) -> None:
    """Run the kit's own tests, or: -- [PYTEST-OPTION ...]."""
    install(session, "dependencies", "nox", "tests", "translations")
    # Thousands of graders start, and some cannot write bytecode: compile it once for all.
    session.run("python", "-m", "compileall", "-q", "grader", "kit")
    # Gradings wait more than they compute: three for each processor, the long ones shared out.
    workers = str(3 * (os.cpu_count() or 1))
    session.run("python", "-m", "pytest", "-n", workers, "--dist=worksteal", *session.posargs)


for version in PYTHONS if MAINTAINED else ():
    nox.session(name=f"tests-{version}", python=version)(tests.func)


@maintained()
def lint(session: nox.Session) -> None:
    """Check the style, the types, and that generated files are up to date."""
    install(session, "dependencies", "lint", "translations")
    session.run("ruff", "check")
    wide = ("--config=line-length=120", "--extend-exclude=tests/submissions/strangers/*/")
    session.run("ruff", "check", "--isolated", *wide, "--select=E501")
    for platform in ("linux", "win32", "darwin"):
        cache = f"--cache-dir=.mypy_cache/{platform}"
        session.run("mypy", cache, "--platform", platform, "grader", "kit")
    session.run("python", "-m", "kit.skeleton", "--check")
    session.run("python", "-m", "kit.tables", "--check")
    session.run("python", "-m", "kit.schema", "--check")
    session.run("python", "-m", "kit.translations", "--check")
