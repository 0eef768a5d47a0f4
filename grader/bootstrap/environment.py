"""The kit's environment in ``.nox``: one for everything that runs the kit, made once."""

from __future__ import annotations

import os
import re
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

from grader.bootstrap import pip
from grader.bootstrap.pip import CannotPrepare

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = ROOT / ".nox" / "kit-{}.{}".format(*sys.version_info)
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
WHEELS = ROOT / "wheels"  # of a handout for rooms without a network: nothing is asked of any other
STAMP = "made-of.txt"  # written last: an environment without it is half-made
CONTENTS = "contents.txt"  # the files that were installed, each with its size


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
    install = [sys.executable if has_pip else str(PYTHON), "-m", "pip", "install"]
    wanted = requirements("dependencies", "nox")
    if WHEELS.is_dir():
        install += ["--no-index", f"--find-links={WHEELS}"]
    _run(*install, "--target", folder, *wanted, env=pip.settings(install, ENVIRONMENT.parent))
    _run(str(PYTHON), "-c", f"import {', '.join(modules(wanted))}")
    files = [path for path in sorted(Path(folder).rglob("*")) if path.is_file()]
    sizes = [f"{path.stat().st_size} {path.relative_to(ENVIRONMENT)}\n" for path in files]
    made = [line for line in sizes if "__pycache__" not in line]
    (ENVIRONMENT / CONTENTS).write_text("".join(made), encoding="utf-8")
    (ENVIRONMENT / STAMP).write_text(recipe(), encoding="utf-8")


def modules(requirements: list[str]) -> list[str]:
    """The modules of the packages that this Python needs of these."""
    return [module(requirement) for requirement in requirements if applies(requirement)]


def applies(requirement: str) -> bool:
    """Whether this Python needs it: the one condition that there may be is an older version."""
    older = re.search(r"; python_version < '(\d+)\.(\d+)'$", requirement)
    return older is None or sys.version_info[:2] < (int(older[1]), int(older[2]))


def module(requirement: str) -> str:
    """The module that a required package is imported by."""
    return re.split("[^a-z0-9-]", requirement, maxsplit=1)[0].replace("-", "_")


def _run(*command: str, env: dict[str, str] | None = None) -> str:
    # python -m imports from the folder that it is in: into this one nobody else writes.
    return pip.run(*command, folder=ENVIRONMENT.parent, env=env)
