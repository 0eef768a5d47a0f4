"""Pip, and what is run to make an environment: of the user's settings the sources alone count."""

from __future__ import annotations

import ast
import contextlib
import os
import re
import subprocess
from pathlib import Path

# Variables of Python that say how text is written; the others have it import something else.
KEPT = ("PYTHONIOENCODING", "PYTHONUTF8")
# Settings of the user's pip that say where packages come from. No other counts: a prefix or a
# target would contradict the folder to install into, no-deps would leave half of it out.
SOURCES = {
    *("index-url", "extra-index-url", "find-links", "no-index", "proxy", "trusted-host"),
    *("cert", "client-cert", "keyring-provider", "timeout", "default-timeout", "retries"),
    *("cache-dir", "no-cache-dir", "use-feature"),
}


class CannotPrepare(Exception):
    """An environment could not be made; the message is a line for the user."""


def own_environment() -> dict[str, str]:
    """The variables of this process, but for those that change what Python or nox does."""
    others = {name for name in os.environ if name.startswith(("PYTHON", "NOX"))} - set(KEPT)
    return {name: value for name, value in os.environ.items() if name not in others}


def settings(pip: list[str], folder: Path) -> dict[str, str]:
    """What pip is to find in its environment: of the user's settings the SOURCES alone."""
    mine = own_environment()
    found: dict[str, str] = {}
    with contextlib.suppress(CannotPrepare):  # a file that it cannot read: none of them counts
        listed = run(*pip[: pip.index("pip") + 1], "config", "list", folder=folder, env=mine)
        named = re.findall(r"^([:\w]+)\.([\w-]+)=(['\"].*['\"])$", listed, re.MULTILINE)
        ranks = ("global", "install", ":env:")  # the last one counts
        named = [setting for setting in named if setting[0] in ranks]
        named.sort(key=lambda setting: ranks.index(setting[0]))
        for _section, name, value in named:
            if name in SOURCES:
                found["PIP_" + name.upper().replace("-", "_")] = ast.literal_eval(value)
    others = {name: value for name, value in mine.items() if not name.startswith("PIP_")}
    fixed = {"PIP_CONFIG_FILE": os.devnull, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    return {**others, **found, **fixed}


def run(*command: str, folder: Path, env: dict[str, str] | None = None) -> str:
    """Run a command in a folder; returns what it printed. Raises CannotPrepare with the reason."""
    done = subprocess.run(
        command,
        cwd=folder,  # python -m imports from where it is
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
