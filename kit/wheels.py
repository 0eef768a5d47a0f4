"""The packages of a handout for rooms without a network, with their licences.

``pip download`` fetches wheels for each system and each Python. It goes by the markers of the
Python that runs it, so what others need besides is named here.
"""

from __future__ import annotations

import email
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from grader.bootstrap import environment

FOLDER = environment.WHEELS.name
LICENSES = "LICENSES.md"
PYTHONS = ("3.10", "3.11", "3.12", "3.13")
PLATFORMS = {
    "Windows": ("win_amd64",),
    "Linux": ("manylinux2014_x86_64", "manylinux_2_17_x86_64", "manylinux_2_28_x86_64"),
    "macOS (Intel)": ("macosx_10_9_x86_64", "macosx_10_12_x86_64", "macosx_10_13_x86_64"),
    "macOS (Apple)": ("macosx_11_0_arm64", "macosx_12_0_arm64"),
}
# Of Windows, and of Python 3.10, whatever Python runs this.
BESIDES = ("colorama", "exceptiongroup", "tomli", "typing-extensions")
TEXTS = ("LICENSE", "LICENCE", "COPYING", "NOTICE")


class NotFetched(Exception):
    """A wheel could not be fetched; the text is a line that says which and why."""


def fetched() -> dict[str, bytes]:
    """All wheels by their names in the handout, and the page of their licences."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        for platforms in PLATFORMS.values():
            for python in PYTHONS:
                _fetch(folder, platforms, python)
        wheels = {path.name: path.read_bytes() for path in sorted(folder.glob("*.whl"))}
        page = licenses(sorted(folder.glob("*.whl")))
    return {**{f"{FOLDER}/{name}": data for name, data in wheels.items()}, LICENSES: page.encode()}


def _fetch(folder: Path, platforms: Iterable[str], python: str) -> None:
    wanted = [*environment.requirements("dependencies", "nox"), *BESIDES]
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--only-binary=:all:"]
    command += [f"--dest={folder}", f"--python-version={python}", "--implementation=cp"]
    command += [f"--platform={platform}" for platform in platforms]
    done = subprocess.run(
        [*command, *wanted], capture_output=True, encoding="utf-8", errors="replace", check=False
    )
    if done.returncode:
        why = (done.stderr.strip().splitlines() or ["pip said nothing"])[-1]
        raise NotFetched(f"{next(iter(platforms))}, Python {python}: {why}")


def licenses(wheels: Iterable[Path]) -> str:
    """A page that names each package with its licence, and has the texts that the wheels have."""
    packages: dict[str, tuple[str, str, dict[str, str]]] = {}
    for wheel in wheels:
        name, version, license_, texts = _of(wheel)
        packages.setdefault(name.lower(), (f"{name} {version}", license_, texts))
    lines = ["# Licences of the packages in wheels/", "", "| package | licence |", "| --- | --- |"]
    lines += [f"| {label} | {license_} |" for label, license_, _texts in packages.values()]
    for label, _license, texts in packages.values():
        for file, text in texts.items():
            lines += ["", f"## {label}: {file}", "", "```text", text.strip(), "```"]
    return "\n".join(lines) + "\n"


def _of(wheel: Path) -> tuple[str, str, str, dict[str, str]]:
    """Name, version, licence and the texts of the licence of a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        (metadata,) = (name for name in names if name.endswith(".dist-info/METADATA"))
        about = email.message_from_bytes(archive.read(metadata))
        texts = {
            name.rpartition("/")[2]: archive.read(name).decode("utf-8", errors="replace")
            for name in names
            if ".dist-info/" in name and name.rpartition("/")[2].upper().startswith(TEXTS)
        }
    classified = (
        line.rpartition(":: ")[2]
        for line in about.get_all("Classifier", [])
        if "License ::" in line
    )
    plain = (about.get("License") or "").splitlines()[:1]
    said = about.get("License-Expression") or ", ".join(classified) or "".join(plain)
    return str(about["Name"]), str(about["Version"]), str(said or "see its text"), texts
