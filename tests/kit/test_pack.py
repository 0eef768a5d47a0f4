"""The zips: what is in them, and what must not be."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from support import worlds
from support.worlds import PATIENCE, needs_posix

from grader import language
from grader.bootstrap import environment
from kit import pack, pictures, sample, skeleton

ROOT = worlds.ROOT
each_pack = pytest.mark.parametrize("what", pack.PACKS)
each_language = pytest.mark.parametrize("lang", language.LANGUAGES)


@pytest.fixture
def unpacked(tmp_path: Path) -> Path:
    """An empty folder with the handout in it, and this kit's environment if there is one."""
    pack.write(pack.handout(ROOT), tmp_path / "dist" / "handout.zip")
    folder = tmp_path / "empty"
    with zipfile.ZipFile(tmp_path / "dist" / "handout.zip") as archive:
        archive.extractall(folder)
    return folder


@each_pack
@each_language
def test_nothing_secret_is_packed(what: str, lang: str) -> None:
    """Neither the reference nor a test is in a zip."""
    names = pack.PACKS[what][1](ROOT, lang)
    others = names.keys() - {pack.EDITOR}
    assert not [name for name in others if name.startswith(("reference/", "tests/", "."))]
    solution = (ROOT / "reference" / "tcp_server.py").read_bytes()
    assert solution not in names.values()


@each_language
def test_the_handout_is_these_files(lang: str) -> None:
    """Tasks, hints, skeleton, grader and what starts it: nothing that builds the kit."""
    names = pack.handout(ROOT, lang).keys()
    kinds = {name.rpartition(".")[2] for name in names if name.startswith("grader/")}
    assert kinds <= {"py", "gz", "j2", "css", "js", "ini", "txt", "grader/locale/default"}
    assert {name for name in names if not name.startswith("grader/")} == {
        *("README.md", "LICENSE", "noxfile.py", "pyproject.toml", ".vscode/tasks.json"),
        *("tasks.md", "hints.md", "questions.md"),
        *("tasks.ru.md", "hints.ru.md", "questions.ru.md"),
        *("lab4/tcp_server.py", "lab4/tcp_client.py", "lab4/udp_server.py", "lab4/udp_client.py"),
        *(f"docs/{pictures.name(picture, lang)}" for picture in pack.PICTURES),
        f"docs/{sample.name(lang)}",
    }


@each_language
def test_a_link_in_the_handout_leads_to_a_file(lang: str) -> None:
    """Pages and pictures that the documents name are there, but for those within a page."""
    files = pack.handout(ROOT, lang)
    own = "tasks.md" if lang == "en" else f"tasks.{lang}.md"
    for page in ("README.md", own):
        links = re.findall(r"\]\(([^)#]+)\)", files[page].decode())
        assert {link for link in links if "://" not in link} <= files.keys()


@each_language
def test_the_readme_of_students_is_for_students(lang: str) -> None:
    """It names no session that they do not have."""
    named = set(
        re.findall(
            r"noxfile\.py -s (\S+?)`?(?=\s|`)", pack.handout(ROOT, lang)["README.md"].decode()
        )
    )
    assert "grade" in named and named <= {"grade", "show", "report", "hand-in", "reset"}


def test_the_handout_has_the_sessions_of_students(unpacked: Path) -> None:
    """What builds and checks the kit cannot be asked for where it is not."""
    source = "import json, noxfile; print(json.dumps(noxfile.MAINTAINED))"
    assert worlds.python("-c", source, cwd=ROOT).stdout == "true\n"
    assert worlds.python("-c", source, cwd=unpacked).stdout == "false\n"


@each_pack
@each_language
def test_all_of_the_grader_is_packed(what: str, lang: str) -> None:
    """Not its modules alone: the templates and whatever else it reads."""
    files = (path for path in (ROOT / "grader").rglob("*") if path.is_file())
    # What a translator edits is compiled to what is packed.
    left_out = (".pyc", ".po")
    names = {path.relative_to(ROOT).as_posix() for path in files if path.suffix not in left_out}
    names = {name for name in names if not name.startswith(pack.OF_TEACHERS)}
    assert names <= pack.PACKS[what][1](ROOT, lang).keys()


@each_pack
def test_what_is_for_teachers_is_not_packed(what: str) -> None:
    """Nobody grades a whole class with a handout."""
    names = pack.PACKS[what][1](ROOT, "en")
    assert not [name for name in names if name.startswith(pack.OF_TEACHERS)]


def test_the_handout_has_the_skeleton_untouched(tmp_path: Path) -> None:
    """What somebody has filled in in lab4 is not handed out."""
    for name in (*pack.COMMON, *pack.PAGES, "README.md"):
        shutil.copy(ROOT / name, tmp_path / name)
    for folder in ("grader", "reference", "lab4", ".vscode", "docs"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    (tmp_path / "lab4" / "tcp_server.py").write_text("my answer")
    made = pack.handout(tmp_path)["lab4/tcp_server.py"].decode()
    assert made == skeleton.build(ROOT / "reference")["tcp_server.py"]


def test_the_handout_has_the_tasks_of_the_editor() -> None:
    """Who opens the folder in VS Code can grade from there."""
    assert pack.EDITOR in pack.handout(ROOT)
    assert pack.EDITOR not in pack.gradescope(ROOT)


@each_pack
@each_language
def test_the_same_files_make_the_same_zip(what: str, lang: str, tmp_path: Path) -> None:
    """A zip does not depend on when or where it was made."""
    for name in ("a.zip", "b.zip"):
        pack.write(pack.PACKS[what][1](ROOT, lang), tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_the_russian_handout_is_in_russian() -> None:
    """What students read has the names that its README names, and the grader talks Russian."""
    files = pack.handout(ROOT, "ru")
    readme = files["README.md"].decode()
    for name in ("tasks.ru.md", "hints.ru.md"):
        assert f"`{name}`" in readme and name in files
    assert "# Задание 1: откройте слушающий сокет." in files["lab4/tcp_server.py"].decode()
    assert files["grader/locale/default"] == b"ru\n"
    assert language._("nothing") == "nothing"


def test_the_tasks_of_the_editor_are_in_russian() -> None:
    """Whatever people read of them; and a task still names those that it depends on."""
    english, russian = (json.loads(pack.handout(ROOT, lang)[pack.EDITOR]) for lang in ("en", "ru"))
    assert english == json.loads((ROOT / pack.EDITOR).read_text(encoding="utf-8"))
    labels = [task["label"] for task in russian["tasks"]]
    assert len(set(labels)) == len(labels)
    for task, before in zip(russian["tasks"], english["tasks"], strict=True):
        assert task["label"] != before["label"]
        assert task.get("args") == before.get("args")
        assert set(task.get("dependsOn", [])) <= set(labels)
        assert re.search("[а-я]{4}", task.get("detail", "без пояснения"))


@each_pack
def test_a_packed_grader_talks_its_language(what: str, tmp_path: Path) -> None:
    """Unpacked, the grader talks the language that it was packed for, whatever the system's."""
    assert pack.main([what, "--lang", "ru"], _linked(tmp_path)) == 0
    (path,) = (tmp_path / "dist").glob("*.ru.zip")
    with zipfile.ZipFile(path) as archive:
        archive.extractall(tmp_path / "empty")
    done = worlds.python("-B", "-m", "grader", "--list", cwd=tmp_path / "empty")
    assert "Сервер занимает свой порт и продолжает работать." in done.stdout
    done = worlds.python("-B", "-m", "grader", "--list", "--lang", "en", cwd=tmp_path / "empty")
    assert "The server binds its port and keeps running." in done.stdout


def _linked(folder: Path) -> Path:
    """A kit in this folder, whose files are those of the real one; its dist is its own."""
    needed = (*pack.COMMON, "grader", "reference", "autograder", ".vscode", "docs")
    for path in ROOT.iterdir():
        if path.name in needed or path.suffix == ".md":
            (shutil.copytree if path.is_dir() else shutil.copyfile)(path, folder / path.name)
    return folder


def test_a_kit_without_the_students_part_cannot_be_packed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is missing is said in one line, with status 2, and no zip is left."""
    assert pack.main(["handout"], tmp_path) == 2
    assert capsys.readouterr().err.startswith("kit.pack: ")
    assert not list(tmp_path.rglob("*.zip"))


def test_the_command_of_the_handouts_readme_grades(unpacked: Path) -> None:
    """Unpacked in an empty folder, the command in its README grades the skeleton."""
    command = "python3 noxfile.py -s grade"
    assert f"\n    {command}\n" in (unpacked / "README.md").read_text(encoding="utf-8")
    if environment.is_ready() and os.name != "nt":  # spare the installation
        (unpacked / ".nox").mkdir()
        (unpacked / ".nox" / environment.ENVIRONMENT.name).symlink_to(environment.ENVIRONMENT)
    python = getattr(sys, "_base_executable", sys.executable)
    done = subprocess.run(
        [python, *command.split()[1:]],
        cwd=unpacked,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=10 * PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Nothing is written yet" in done.stdout


@needs_posix
@pytest.mark.skipif(not environment.is_ready(), reason="needs the kit's environment")
def test_gradescope(tmp_path: Path) -> None:
    """In a container's layout, without bubblewrap, the results are where they belong."""
    pack.write(pack.gradescope(ROOT), tmp_path / "autograder.zip")
    with zipfile.ZipFile(tmp_path / "autograder.zip") as archive:
        archive.extractall(tmp_path / "source")
    (tmp_path / "source" / ".nox").mkdir()
    link = tmp_path / "source" / ".nox" / environment.ENVIRONMENT.name
    link.symlink_to(environment.ENVIRONMENT)
    (tmp_path / "submission").mkdir()
    bare = tmp_path / "bin"
    bare.mkdir()
    for program in ("bash", "cat", "ln", "mkdir"):
        (bare / program).symlink_to(shutil.which(program) or "/nowhere")
    (bare / "python3").symlink_to(getattr(sys, "_base_executable", sys.executable))

    def run() -> dict[str, object]:
        done = subprocess.run(
            [shutil.which("bash") or "bash", str(tmp_path / "source" / "run_autograder")],
            env={"PATH": str(bare), "AUTOGRADER": str(tmp_path), "HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=10 * PATIENCE,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        found: dict[str, object] = json.loads(
            (tmp_path / "results" / "results.json").read_text(encoding="utf-8")
        )
        return found

    nothing = run()
    assert nothing["score"] == 0
    assert "lab4: nothing to grade; expected tcp_server.py" in str(nothing["output"])
    (tmp_path / "submission" / "TCP_server.py").write_text("x = 1")
    assert "--server lab4/TCP_server.py --variant tcp" in str(run()["output"])
    (tmp_path / "submission" / "TCP_server.py").unlink()
    for folder in ("alice", "__MACOSX"):
        (tmp_path / "submission" / folder).mkdir()
    for name, text in skeleton.build(ROOT / "reference").items():
        (tmp_path / "submission" / "alice" / name).write_text(text, encoding="utf-8")
    graded = run()
    assert graded["score"] == 0
    assert str(tmp_path) not in json.dumps(graded)
    assert "sandbox: namespaces" not in str(graded["output"])
    assert isinstance(graded["tests"], list)
