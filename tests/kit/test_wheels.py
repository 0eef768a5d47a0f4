"""The packages of a handout for rooms without a network."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from grader.bootstrap import environment, pip
from kit import pack, wheels


def wheel(folder: Path, name: str, about: str, **texts: str) -> Path:
    """A wheel with this metadata, and these files beside it."""
    path = folder / f"{name}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{name}-1.0.dist-info/METADATA", f"Name: {name}\nVersion: 1.0\n{about}\n")
        for file, text in texts.items():
            archive.writestr(f"{name}-1.0.dist-info/licenses/{file}", text)
    return path


def test_each_licence_is_named(tmp_path: Path) -> None:
    """As an expression, a classifier or a line; with the text that the wheel has."""
    made = [
        wheel(tmp_path, "one", "License-Expression: MIT", LICENSE="Permission is granted"),
        wheel(tmp_path, "two", "Classifier: License :: OSI Approved :: BSD License"),
        wheel(tmp_path, "three", "License: Apache 2.0"),
        wheel(tmp_path, "four", "Summary: nothing"),
    ]
    page = wheels.licenses(made)
    for row in ("one 1.0 | MIT", "two 1.0 | BSD License", "three 1.0 | Apache 2.0"):
        assert f"| {row} |" in page
    assert "| four 1.0 | see its text |" in page and "Permission is granted" in page


def test_what_cannot_be_fetched_is_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No zip is written then."""

    def refuse() -> dict[str, bytes]:
        raise wheels.NotFetched("win_amd64, Python 3.10: no network")

    monkeypatch.setattr(wheels, "fetched", refuse)
    monkeypatch.setitem(pack.PACKS, "handout", ("lab4-handout.zip", lambda root, lang: {}))
    assert pack.main(["handout", "--offline"], tmp_path) == 2
    assert capsys.readouterr().err == "kit.pack: win_amd64, Python 3.10: no network\n"
    assert not list(tmp_path.rglob("*.zip"))


@pytest.mark.parametrize("offline", [True, False])
def test_wheels_at_hand_are_all_that_is_used(
    offline: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the folder is, pip asks no index; its path may have blanks."""
    asked: list[tuple[str, ...]] = []

    def run(*command: str, **_others: object) -> str:
        asked.append(command)
        return str(tmp_path)

    place = tmp_path / "Рабочий стол" / "wheels"
    if offline:
        place.mkdir(parents=True)
    monkeypatch.setattr(pip, "run", run)
    monkeypatch.setattr(environment, "WHEELS", place)
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "ENVIRONMENT", tmp_path / "kit")
    monkeypatch.setattr(environment, "requirements", lambda *names: ["nox>=1"])
    (tmp_path / "kit").mkdir()
    monkeypatch.setattr(environment.shutil, "rmtree", lambda path: None)
    environment._make()
    (install,) = [command for command in asked if "install" in command]
    assert ("--no-index" in install) is offline
    assert (f"--find-links={place}" in install) is offline
