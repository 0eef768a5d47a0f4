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

HERE = os.path.dirname(os.path.realpath(__file__))


def leave_alone() -> None:
    """See to it that nothing is imported from beside this file, nor from where PYTHONPATH leads.

    On Windows, where a process cannot start anew in its place, what was imported already stays.
    """
    kept = ("PYTHONIOENCODING", "PYTHONUTF8")  # how text is written, not what is imported
    mine = {n: v for n, v in os.environ.items() if not n.startswith("PYTHON") or n in kept}
    if os.name != "nt" and len(mine) < len(os.environ):
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], mine)
    named = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    left = {os.path.realpath(path) for path in (HERE, *filter(None, named))}
    sys.path[:] = [path for path in sys.path if os.path.realpath(path) not in left]
    sys.dont_write_bytecode = True  # others may have limited how much this process writes


if __name__ == "__main__":
    leave_alone()

from importlib.util import module_from_spec, spec_from_file_location  # noqa: E402 (only now)

if "grader" not in sys.modules:  # the one package that is imported from here, by its place
    _spec = spec_from_file_location("grader", os.path.join(HERE, "grader", "__init__.py"))
    sys.modules["grader"] = module_from_spec(_spec)
    _spec.loader.exec_module(sys.modules["grader"])

from grader.bootstrap import environment, launch, pip  # noqa: E402

launch.forget_parents()
if __name__ == "__main__":
    launch.main(sys.argv[1:])

import logging  # noqa: E402
from pathlib import Path  # noqa: E402

import nox  # noqa: E402 (a script that is yet to install it ends above this line)

nox.needs_version = ">=2024.4.15"
nox.options.sessions = ["grade"]
nox.options.reuse_venv = "yes"
nox.options.error_on_missing_interpreters = False
# People want to see the score table, not nox's own messages.
logging.getLogger("nox").setLevel(logging.WARNING)

PYTHONS = ("3.10", "3.11", "3.12", "3.13")
# Starts a module of the kit: nothing but that, its packages and the library is imported.
START = os.path.join(HERE, "grader", "start.py")
# What builds and checks the kit: those who got it to work with have none of it.
MAINTAINED = os.path.isdir(os.path.join(HERE, "kit"))
# Sessions for whoever writes or grades a chat; paths are relative to where they are called from.
CALLED = {
    "grade": ("grader", "Grade lab4, or: -- PATH [OPTION ...]; -- --help shows the options."),
    "show": ("grader show", "Show a stored result in any language: -- RESULT.json [OPTION ...]."),
    "hand-in": ("grader hand-in", "Pack lab4 and the page of its grading, to be handed in."),
    "reset": ("grader reset", "Put one task back as it was handed out: -- N."),
    "report": ("grader report", "Write the lab report: -- --name NAME --group GROUP."),
}
# Sessions that run a module or a file of the kit in its folder, and what they do.
PROGRAMS = {
    "demo": ("reference/demo.py", "Show the reference: a server and clients on one screen."),
    "skeleton": ("kit.skeleton", "Make lab4 from the reference, or: -- --force, -- --check."),
    "tables": ("kit.tables", "Write the tables of the documents, or: -- --check."),
    "pictures": ("kit.pictures", "Draw the demo for the documents, or: -- --check."),
    "schema": ("kit.schema", "Write docs/result.schema.json, or: -- --check."),
    "handout": ("kit.pack handout", "Pack dist/lab4-handout.zip, without the reference."),
    "gradescope": ("kit.pack gradescope", "Pack dist/gradescope.zip: an autograder to upload."),
    "bench": ("tests/bench/bench.py", "Measure the reference server next to a naive one."),
    "bench-grade": ("tests/bench/grade.py", "Measure how long a grading takes; -- --help."),
    "bench-jobs": ("tests/bench/jobs.py", "Compare verdicts with and without --jobs; -- --help."),
    "bench-start": ("tests/bench/start.py", "Measure what the sandbox adds to a start."),
    "bench-unfinished": ("tests/bench/unfinished.py", "Grade unfinished work again and again."),
    "audit": ("tests/audit/audit.py", "Measure how often a verdict is wrong; -- --help."),
    "strangers": ("tests/strangers/measure.py", "The same with strangers' programs; -- --help."),
    "mistakes": ("tests/mistakes/measure.py", "Measure how mistakes are explained; -- --help."),
}


def program(name: str, words: str, what: str, *, called: bool = False) -> None:
    """Make a session that runs a program of the kit, there or where it is ``called`` from."""
    start = [] if words.endswith(".py") else [START]

    def run(session: nox.Session) -> None:
        folder = session.invoked_from if called else HERE
        launch.run(*start, *words.split(), *session.posargs, folder=folder)

    run.__doc__ = what
    nox.session(run, name=name, venv_backend="none")


def install(session: nox.Session, *names: str) -> None:
    """Install these lists of pyproject.toml, unless the environment has them already."""
    logging.getLogger("nox").setLevel(logging.INFO)
    wanted = environment.requirements(*names)
    stamp = Path(session.virtualenv.location) / environment.STAMP
    made_of = "\n".join(wanted) + "\n"
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != made_of:
        folder = environment.ENVIRONMENT.parent
        command = [str(Path(session.bin) / "python"), "-m", "pip"]
        unwished = dict.fromkeys(name for name in os.environ if name.startswith("PIP_"))
        session.install(*wanted, env={**unwished, **pip.settings(command, folder)})
        stamp.write_text(made_of, encoding="utf-8")


def translations(session: nox.Session) -> None:
    """Collect the sentences and compile the translations, or: -- --check."""
    install(session, "dependencies", "translations")
    session.run("python", "-m", "kit.translations", *session.posargs)


def tests(session: nox.Session) -> None:
    """Run the kit's own tests, or: -- [PYTEST-OPTION ...]."""
    install(session, "dependencies", "nox", "tests", "cluster", "report", "translations")
    # Thousands of graders start, and some cannot write bytecode: compile it once for all.
    session.run("python", "-m", "compileall", "-q", "grader", "kit")
    # Gradings wait more than they compute: three for each processor, the long ones shared out.
    workers = str(3 * (os.cpu_count() or 1))
    session.run("python", "-m", "pytest", "-n", workers, "--dist=worksteal", *session.posargs)


def lint(session: nox.Session) -> None:
    """Check the style, the types, and that generated files are up to date."""
    install(session, "dependencies", "lint", "translations")
    session.run("ruff", "check")
    wide = ("--config=line-length=120", "--extend-exclude=tests/submissions/*/*/")
    session.run("ruff", "check", "--isolated", *wide, "--select=E501")
    for platform in ("linux", "win32", "darwin"):
        cache = f"--cache-dir=.mypy_cache/{platform}"
        session.run("mypy", cache, "--platform", platform, "grader", "kit")
    for module in ("skeleton", "tables", "schema", "translations", "pictures"):
        session.run("python", "-m", f"kit.{module}", "--check")


for _name, (_words, _what) in CALLED.items():
    program(_name, _words, _what, called=True)
if MAINTAINED:
    program("class", "grader class", "Grade a class: -- FOLDER; -- --help.", called=True)
    program("defence", "kit.defence", "Ask a student three questions: -- PATH.", called=True)
    for _name, (_words, _what) in PROGRAMS.items():
        program(_name, _words, _what)
    for _session in (translations, tests, lint):
        nox.session(_session)
    for _version in PYTHONS:
        nox.session(tests, name=f"tests-{_version}", python=_version)
