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

import os  # every Python has loaded it before it comes here

# Variables of Python that say how text is written; the others have it import something else.
KEPT = ("PYTHONIOENCODING", "PYTHONUTF8")


def own_environment() -> "dict[str, str]":
    """The variables of this process, but for those that change what Python or nox does."""
    others = {name for name in os.environ if name.startswith(("PYTHON", "NOX"))} - set(KEPT)
    return {name: value for name, value in os.environ.items() if name not in others}


def leave_alone() -> None:
    """See to it that nothing is imported from beside this file, nor from where PYTHONPATH leads.

    On Windows, where a process cannot start anew in its place, what was imported already stays.
    """
    mine = own_environment()
    if os.name != "nt" and any(n.startswith("PYTHON") and n not in mine for n in os.environ):
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], mine)
    named = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    left = {os.path.realpath(path) for path in (os.path.dirname(__file__), *filter(None, named))}
    sys.path[:] = [path for path in sys.path if os.path.realpath(path) not in left]


if __name__ == "__main__":
    leave_alone()

import ast  # noqa: E402 (only now)
import contextlib  # noqa: E402
import logging  # noqa: E402
import re  # noqa: E402
import shutil  # noqa: E402
import signal  # noqa: E402
import subprocess  # noqa: E402
from collections.abc import Callable  # noqa: E402
from importlib.util import find_spec  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any, NoReturn  # noqa: E402

ROOT = Path(__file__).resolve().parent
PYTHONS = ("3.10", "3.11", "3.12", "3.13")
# One environment for everything that runs the kit; the tests and lint have others.
ENVIRONMENT = ROOT / ".nox" / "kit-{}.{}".format(*sys.version_info)
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = "made-of.txt"  # written last: an environment without it is half-made
CONTENTS = "contents.txt"  # the files that were installed, each with its size
START = ROOT / "grader" / "start.py"  # what starts a module of the kit
# Settings of the user's pip that say where packages come from. No other counts: a prefix or a
# target would contradict the folder to install into, no-deps would leave half of it out.
SOURCES = {
    *("index-url", "extra-index-url", "find-links", "no-index", "proxy", "trusted-host"),
    *("cert", "client-cert", "keyring-provider", "timeout", "default-timeout", "retries"),
    *("cache-dir", "no-cache-dir", "use-feature"),
}
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
    try:
        made_of_this = PYTHON.exists() and stamp.read_text(encoding="utf-8") == recipe()
        return made_of_this and is_whole()
    except OSError:
        return False


def is_whole() -> bool:
    """Whether all that was installed is still there. Raises OSError."""
    for line in (ENVIRONMENT / CONTENTS).read_text(encoding="utf-8").splitlines():
        size, _, name = line.partition(" ")
        if (ENVIRONMENT / name).stat().st_size != int(size):
            return False
    return True


def prepare() -> None:
    """Make the kit's environment if need be. Raises CannotPrepare."""
    if is_ready():
        return
    if Path(sys.prefix) == ENVIRONMENT:
        raise CannotPrepare("pyproject.toml has changed: run python3 noxfile.py once")
    try:
        _make()
    except OSError as error:
        others = isinstance(error, PermissionError)
        hint = ": another user has made it; unpack the kit in a folder of your own" * others
        raise CannotPrepare(f"cannot make {ENVIRONMENT}: {error}{hint}") from None


def has(package: str) -> bool:
    """Whether this Python has a package: more than a folder left behind by one."""
    spec = find_spec(package)
    return spec is not None and spec.origin is not None


def _make() -> None:
    has_pip = has("pip")
    if not has_pip and not has("ensurepip"):
        raise CannotPrepare(
            f"{sys.executable} has no pip: install it first "
            "(Debian, Ubuntu: apt install python3-pip; Fedora: dnf install python3-pip)"
        )
    os.umask(0o022)  # whoever grades later may be another user
    ENVIRONMENT.parent.mkdir(exist_ok=True)
    if ENVIRONMENT.is_symlink():
        ENVIRONMENT.unlink()
    if ENVIRONMENT.exists():
        shutil.rmtree(ENVIRONMENT)
    print(f"noxfile.py: installing into {ENVIRONMENT.relative_to(ROOT)}, once", file=sys.stderr)
    # The pip at hand does the work: where it belongs to the system (Debian, Ubuntu), a new
    # environment may be unable to get one of its own. Installing into a folder is what every
    # version of pip can do, also where it must not install into the system.
    _run(sys.executable, "-m", "venv", *(["--without-pip"] if has_pip else []), str(ENVIRONMENT))
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    folder = _run(str(PYTHON), "-c", ask).strip()
    pip = [sys.executable if has_pip else str(PYTHON), "-m", "pip", "install", "--target", folder]
    wanted = requirements("dependencies", "nox")
    _run(*pip, *wanted, env=pip_environment(pip))
    _run(str(PYTHON), "-c", f"import {', '.join(map(module, wanted))}")
    files = [path for path in sorted(Path(folder).rglob("*")) if path.is_file()]
    sizes = [f"{path.stat().st_size} {path.relative_to(ENVIRONMENT)}\n" for path in files]
    made = [line for line in sizes if "__pycache__" not in line]
    (ENVIRONMENT / CONTENTS).write_text("".join(made), encoding="utf-8")
    (ENVIRONMENT / STAMP).write_text(recipe(), encoding="utf-8")


def module(requirement: str) -> str:
    """The module that a required package is imported by."""
    return re.split("[^a-z0-9-]", requirement, maxsplit=1)[0].replace("-", "_")


def pip_environment(pip: list[str]) -> dict[str, str]:
    """What pip is to find in its environment: of the user's settings the SOURCES alone."""
    mine = own_environment()
    found: dict[str, str] = {}
    with contextlib.suppress(CannotPrepare):  # a file that it cannot read: none of them counts
        listed = _run(*pip[: pip.index("pip") + 1], "config", "list", env=mine)
        settings = re.findall(r"^([:\w]+)\.([\w-]+)=(['\"].*['\"])$", listed, re.MULTILINE)
        ranks = ("global", "install", ":env:")  # the last one counts
        settings = [setting for setting in settings if setting[0] in ranks]
        settings.sort(key=lambda setting: ranks.index(setting[0]))
        for _section, name, value in settings:
            if name in SOURCES:
                found["PIP_" + name.upper().replace("-", "_")] = ast.literal_eval(value)
    others = {name: value for name, value in mine.items() if not name.startswith("PIP_")}
    fixed = {"PIP_CONFIG_FILE": os.devnull, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    return {**others, **found, **fixed}


def _run(*command: str, env: dict[str, str] | None = None) -> str:
    """Run a command; returns what it printed. Raises CannotPrepare with the reason."""
    done = subprocess.run(
        command,
        cwd=ENVIRONMENT.parent,  # python -m imports from where it is: nobody writes there
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=own_environment() if env is None else env,
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
    command = [str(PYTHON), "-I", "-B", "-c", START_NOX, "-f", str(ROOT / "noxfile.py"), *arguments]
    try:
        if os.name != "nt":
            os.execve(command[0], command, own_environment())
        sys.exit(attached(command))
    except OSError as error:
        give_up(CannotPrepare(f"cannot run {PYTHON}: {error.strerror}"))


def forget_parents() -> None:
    """Undo what a parent may have bequeathed that would hide how a process ends."""
    if sys.platform != "win32":
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, ())
        import resource

        hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))


def attached(command: list[str]) -> int:
    """Run a command on this terminal, which tells it of Ctrl+C too; returns its status."""
    process = subprocess.Popen(command, cwd=ROOT, env=own_environment())
    try:
        status = process.wait()
    except KeyboardInterrupt:
        with contextlib.suppress(subprocess.TimeoutExpired, KeyboardInterrupt):
            process.wait(PATIENCE)
        process.kill()
        status = process.wait()
    return status if status >= 0 else 128 - status


forget_parents()
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
    """Run a program of the kit in its environment and end with its exit status.

    nox would make every failure a 1, and a traceback of Ctrl+C.
    """
    try:
        prepare()
    except CannotPrepare as error:
        give_up(error)
    status = attached([str(PYTHON), *arguments, *session.posargs])
    if status:
        raise SystemExit(status)


def run_module(session: nox.Session, *arguments: str) -> None:
    """Run a module of the kit: nothing but it, its packages and the library is imported."""
    run_kit(session, str(START), *arguments)


@nox.session(venv_backend="none")
def grade(session: nox.Session) -> None:
    """Grade lab4, or: -- PATH [OPTION ...]; -- --help shows the options."""
    run_module(session, "grader")


@nox.session(venv_backend="none")
def show(session: nox.Session) -> None:
    """Show a stored result in any language and format: -- RESULT.json [OPTION ...]."""
    run_module(session, "grader", "show")


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
    run_module(session, "kit.skeleton")


@maintained(venv_backend="none")
def tables(session: nox.Session) -> None:
    """Write the tables of the documents from the rubric, or: -- --check."""
    run_module(session, "kit.tables")


@maintained(venv_backend="none")
def schema(session: nox.Session) -> None:
    """Write docs/result.schema.json from the classes of a result, or: -- --check."""
    run_module(session, "kit.schema")


@maintained(venv_backend="none")
def handout(session: nox.Session) -> None:
    """Pack dist/lab4-handout.zip: what students get, without the reference."""
    run_module(session, "kit.pack", "handout")


@maintained(venv_backend="none")
def gradescope(session: nox.Session) -> None:
    """Pack dist/gradescope.zip: an autograder to upload."""
    run_module(session, "kit.pack", "gradescope")


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
        pip = [str(Path(session.bin) / "python"), "-m", "pip"]
        wished = pip_environment(pip)
        unwished = dict.fromkeys(name for name in os.environ if name.startswith("PIP_"))
        session.install(*requirements(*names), env={**unwished, **wished})
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
