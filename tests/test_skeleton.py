"""grader/skeleton.py: markers in, lab4/ out, and what lab4/ does before anything is written."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from grader import gaps, language, process, skeleton

ROOT = skeleton.ROOT
MAIN = '\n\nif __name__ == "__main__":\n    main()\n'
OPENS = "    # >>> task 3: split the byte stream\n"
CONTRACT = "    #: Comes in: bytes.\n    #:\n    #: Goes out: lines.\n"
CODE = "    return 1\n"
CLOSES = "    # <<< task 3\n"
GAP = f"def read():\n{OPENS}{CONTRACT}{CODE}{CLOSES}"
PROGRAM = """\
import sys
import threading


def work():
    # >>> task 3: split the byte stream
    return 1
    # <<< task 3


def main():
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
"""
FIRST_TASKS = {
    "tcp_server.py": "task 1: open the listening socket",
    "tcp_client.py": "task 8: connect and answer the name request",
    "udp_server.py": "task 12: bind the socket",
    "udp_client.py": "task 17: open the socket, send the name",
}
each_file = pytest.mark.parametrize("name", skeleton.FILES)


def run(path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a program to its end."""
    return subprocess.run(
        [sys.executable, str(path), *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    """A copy of the real reference, with the skeletons made from it."""
    (tmp_path / "reference").mkdir()
    for name in skeleton.FILES:
        text = (ROOT / "reference" / name).read_text(encoding="utf-8")
        (tmp_path / "reference" / name).write_text(text, encoding="utf-8")
    assert skeleton.main([], root=tmp_path) == 0
    return tmp_path


# What a gap becomes


def test_gap_becomes_error():
    """A gap becomes its contract and one line that raises, at the indentation of the marker."""
    assert skeleton.generate(GAP + MAIN).split("\n\n")[0].splitlines()[3:] == [
        "def read():",
        "    # Task 3: split the byte stream.",
        "    # Comes in: bytes.",
        "    #",
        "    # Goes out: lines.",
        '    raise NotImplementedError("task 3: split the byte stream")',
    ]


def test_rest_stays():
    """Lines outside of gaps stay as they are, in front of a gap and behind it."""
    made = skeleton.generate("import socket\n\n\n" + GAP + "    after = 'é'\n" + MAIN)
    assert "\nimport socket\n\n\ndef read():\n" in made
    assert "\n    after = 'é'\n" in made


def test_solution_is_gone():
    """Nothing of a solution is left."""
    assert "return 1" not in skeleton.generate(GAP + MAIN)


def test_title_with_quotes_is_python():
    """A title may have quotes and backslashes in it."""
    gap = GAP.replace("the byte stream", r'at "\n"')
    compile(skeleton.generate(gap + MAIN), "made", "exec")


def test_header_names_tasks():
    """The first line says which tasks are in the file."""
    two = GAP + GAP.replace("task 3", "task 5").replace("read", "other")
    assert skeleton.generate(two + MAIN).startswith("# Tasks 3 to 5. Read tasks.md")
    assert skeleton.generate(GAP + MAIN).startswith("# Task 3. Read tasks.md")


def test_hook_only_with_threads():
    """Only a file that imports threading gets the lines about threads."""
    assert "excepthook" not in skeleton.generate(GAP + MAIN)
    assert "excepthook" in skeleton.generate("import threading\n" + GAP + MAIN)


# Files that are wrong


def test_no_task():
    """A file without a task is an error."""
    with pytest.raises(gaps.MarkerError, match="no task in this file"):
        skeleton.generate("import socket\n" + MAIN)


def test_end_of_file():
    """A file that does not end with the call of main() is an error."""
    with pytest.raises(gaps.MarkerError, match="expected the file to end with"):
        skeleton.generate(GAP)


# The command line


def test_wrong_marker_is_one_line(kit: Path, capsys: pytest.CaptureFixture[str]):
    """A wrong marker ends the command with status 2 and one line that names file and line."""
    path = kit / "reference" / "udp_client.py"
    path.write_text("# <<< task 3\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    capsys.readouterr()
    assert skeleton.main([], root=kit) == 2
    expected = 'reference/udp_client.py:1: stray marker "# <<< task 3": no gap is open\n'
    assert capsys.readouterr() == ("", expected)


def test_wrong_marker_writes_nothing(kit: Path):
    """After an error no file has changed."""
    before = {path: path.read_bytes() for path in (kit / "lab4").iterdir()}
    server, client = (kit / "reference" / name for name in ("tcp_server.py", "udp_client.py"))
    server.write_text("import re\n" + server.read_text(encoding="utf-8"), encoding="utf-8")
    client.write_text("# <<< task 3\n", encoding="utf-8")
    assert skeleton.main([], root=kit) == 2
    assert {path: path.read_bytes() for path in (kit / "lab4").iterdir()} == before


def test_task_in_two_files(kit: Path, capsys: pytest.CaptureFixture[str]):
    """A task that is in two files is an error."""
    path = kit / "reference" / "udp_client.py"
    text = path.read_text(encoding="utf-8").replace("task 20", "task 1")
    path.write_text(text, encoding="utf-8")
    assert skeleton.main([], root=kit) == 2
    assert capsys.readouterr().err.endswith(": task 1 is already in tcp_server.py\n")


def test_reference_missing(kit: Path, capsys: pytest.CaptureFixture[str]):
    """A reference file that is not there is an error that names it."""
    (kit / "reference" / "tcp_server.py").unlink()
    assert skeleton.main(["--check"], root=kit) == 2
    assert capsys.readouterr().err.startswith("reference/tcp_server.py: ")


def test_reference_not_utf8(kit: Path, capsys: pytest.CaptureFixture[str]):
    """A reference file that is not UTF-8 is an error that names it."""
    (kit / "reference" / "tcp_server.py").write_bytes(b"\xff")
    assert skeleton.main([], root=kit) == 2
    assert capsys.readouterr().err.startswith("reference/tcp_server.py: not UTF-8: ")


def test_bytes_are_the_same_everywhere(kit: Path):
    """Files are written with a plain line feed, on every system."""
    assert not [path for path in (kit / "lab4").iterdir() if b"\r" in path.read_bytes()]


def test_check_fresh(kit: Path):
    """The check finds nothing right after writing."""
    assert skeleton.main(["--check"], root=kit) == 0


def test_check_accepts_crlf(kit: Path):
    """A checkout with other line ends is not stale."""
    path = kit / "lab4" / "tcp_server.py"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert skeleton.check(kit / "reference", kit / "lab4") == []


@pytest.mark.parametrize("end", ["# more\n", "\n"])
def test_check_stale(kit: Path, capsys: pytest.CaptureFixture[str], end: str):
    """The check names a file that differs, and the command to run."""
    with (kit / "lab4" / "tcp_server.py").open("a", encoding="utf-8", newline="\n") as file:
        file.write(end)
    capsys.readouterr()
    assert skeleton.main(["--check"], root=kit) == 1
    said = capsys.readouterr().err
    assert said == "lab4/tcp_server.py: stale\nrun: python -m grader.skeleton --force\n"


def test_changed_file_is_kept(kit: Path, capsys: pytest.CaptureFixture[str]):
    """A file that differs may be somebody's work: it is written over only when forced."""
    path = kit / "lab4" / "tcp_server.py"
    made = path.read_bytes()
    path.write_bytes(b"work")
    capsys.readouterr()
    assert skeleton.main([], root=kit) == 2
    assert capsys.readouterr().err.startswith("lab4/tcp_server.py: not what would be written")
    assert path.read_bytes() == b"work"
    assert skeleton.main(["--force"], root=kit) == 0
    assert path.read_bytes() == made


def test_check_missing(kit: Path):
    """The check names a file that is not there."""
    (kit / "lab4" / "udp_client.py").unlink()
    assert skeleton.check(kit / "reference", kit / "lab4") == ["lab4/udp_client.py: missing"]


def test_check_no_folder(kit: Path):
    """The check names all files if lab4/ is not there."""
    differences = skeleton.check(kit / "reference", kit / "nowhere")
    assert differences == [f"nowhere/{name}: missing" for name in skeleton.FILES]


def test_check_extra(kit: Path):
    """The check names a file that comes from nowhere."""
    (kit / "lab4" / "notes.py").touch()
    expected = ["lab4/notes.py: extra, not in reference/"]
    assert skeleton.check(kit / "reference", kit / "lab4") == expected


def test_check_writes_nothing(kit: Path):
    """The check leaves a stale file as it is."""
    path = kit / "lab4" / "tcp_server.py"
    path.write_bytes(b"stale")
    assert skeleton.main(["--check"], root=kit) == 1
    assert path.read_bytes() == b"stale"


# The real reference and lab4


def test_lab4_is_up_to_date():
    """What is in lab4/ is what the reference makes."""
    assert skeleton.check(ROOT / "reference", ROOT / "lab4") == []


@pytest.mark.parametrize(("variant", "numbers"), [("tcp", range(1, 12)), ("udp", range(12, 21))])
def test_tasks_are_in_order(variant: str, numbers: range):
    """The tasks of a variant are all there, in order, the server's before the client's."""
    found = []
    for name in (f"{variant}_server.py", f"{variant}_client.py"):
        text = (ROOT / "reference" / name).read_text(encoding="utf-8")
        found += list(gaps.tasks(text))
    assert found == list(numbers)


@each_file
def test_gaps_are_short(name: str):
    """No gap takes more than eleven lines."""
    text = (ROOT / "reference" / name).read_text(encoding="utf-8")
    for gap in re.findall(r"# >>> .*\n((?:.*\n)*?) *# <<<", text):
        code = [line for line in gap.splitlines() if not re.match(r" *#|$", line)]
        assert len(code) <= 11


@each_file
def test_lab4_compiles(name: str):
    """Each file is Python."""
    path = ROOT / "lab4" / name
    compile(path.read_text(encoding="utf-8"), str(path), "exec")


@each_file
def test_lab4_imports_standard_library(name: str):
    """Students need nothing but Python."""
    text = (ROOT / "lab4" / name).read_text(encoding="utf-8")
    modules = set(re.findall(r"^(?:import|from) (\w+)", text, flags=re.MULTILINE))
    assert modules <= sys.stdlib_module_names


@each_file
def test_help(name: str):
    """--help works before anything is written."""
    ended = run(ROOT / "lab4" / name, "--help")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "--host" in ended.stdout and "14901" in ended.stdout


@each_file
def test_untouched(name: str):
    """A file in which nothing is written yet says in one line what comes first."""
    ended = run(ROOT / "lab4" / name, "--port", "0")
    task = FIRST_TASKS[name]
    number = task.partition(":")[0]
    assert ended.stderr == f"not written yet: {task} (see tasks.md, {number})\n"
    assert (ended.returncode, ended.stdout) == (1, "")


def test_thread_reaches_task(tmp_path: Path):
    """A thread that reaches a gap says in one line which task that is."""
    path = tmp_path / "made.py"
    path.write_text(skeleton.generate(PROGRAM + MAIN), encoding="utf-8")
    ended = run(path)
    assert ended.stderr == "not written yet: task 3: split the byte stream (see tasks.md, task 3)\n"
    assert ended.returncode == 0


def test_thread_fails(tmp_path: Path):
    """Any other error of a thread looks as always."""
    path = tmp_path / "made.py"
    made = skeleton.generate(PROGRAM + MAIN).replace("NotImplementedError(", "ValueError(", 1)
    path.write_text(made, encoding="utf-8")
    ended = run(path)
    assert ended.stderr.startswith("Exception in thread")
    assert "ValueError: task 3" in ended.stderr


@pytest.mark.parametrize("written", ["pass", "raise SystemExit(0)"])
def test_finished_file(tmp_path: Path, written: str):
    """A file in which everything is written runs and ends as if the last lines were not there."""
    path = tmp_path / "made.py"
    made = skeleton.generate(PROGRAM + MAIN)
    gap = made.index('raise NotImplementedError("')
    end = made.index("\n", gap)
    path.write_text(made[:gap] + written + made[end:], encoding="utf-8")
    ended = run(path)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


# In Russian


@pytest.fixture
def russian() -> dict[str, str]:
    """The skeletons of the real reference, in Russian."""
    language.use("ru")
    return skeleton.build(ROOT / "reference")


def test_titles_are_the_russian_headings(russian: dict[str, str]):
    """What a Russian skeleton says is not written yet is found among the headings."""
    text = (ROOT / "tasks.ru.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## Задание (\d+: .*)$", text, flags=re.MULTILINE)
    raised = re.findall(r'NotImplementedError\("task (.*)"\)', "".join(russian.values()))
    assert set(raised) == set(headings)


@each_file
def test_only_remarks_differ(name: str, russian: dict[str, str]):
    """The code of a Russian skeleton is that of the English one, but for the line about tasks."""
    english = (ROOT / "lab4" / name).read_text(encoding="utf-8")
    trees = []
    for text in (english, russian[name]):
        tree = ast.parse(text.partition("def say_next_task(")[0])
        for node in ast.walk(tree):
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
                node.value.value = "a docstring"
            if isinstance(node, ast.Raise) and "task " in ast.unparse(node):
                node.exc = None
        trees.append(ast.dump(tree))
    assert trees[0] == trees[1]


@each_file
def test_russian_lines_fit(name: str, russian: dict[str, str]):
    """No line is longer than those of the English skeleton may be."""
    assert not [line for line in russian[name].splitlines() if len(line) > gaps.WIDTH]


@each_file
def test_no_remark_is_left_in_english(name: str, russian: dict[str, str]):
    """All comments and docstrings have been translated."""
    english = (ROOT / "reference" / name).read_text(encoding="utf-8")
    for text in skeleton.texts(english):
        assert f"# {text}\n" not in russian[name] and f'"""{text}"""' not in russian[name]


@each_file
def test_untouched_in_russian(name: str, russian: dict[str, str], tmp_path: Path):
    """A Russian file in which nothing is written yet says so in one line."""
    path = tmp_path / name
    path.write_text(russian[name], encoding="utf-8")
    ended = run(path, "--port", "0")
    number = FIRST_TASKS[name].partition(":")[0].removeprefix("task ")
    assert ended.stderr.startswith(f"ещё не написано: task {number}: ")
    assert ended.stderr.endswith(f" (см. tasks.ru.md, задание {number})\n")
    assert (ended.returncode, ended.stdout) == (1, "")
    found = process.NOT_WRITTEN.search(ended.stderr)
    assert found and found[1].startswith(f"task {number}: ") and "(" not in found[1]


def test_the_language_is_an_option(kit: Path):
    """The command writes and checks the skeleton in the language asked for."""
    assert skeleton.main(["--force", "--lang", "ru"], root=kit) == 0
    text = (kit / "lab4" / "udp_client.py").read_text(encoding="utf-8")
    assert "# Задание 20: уходите вежливо.\n" in text
    assert skeleton.main(["--check", "--lang", "ru"], root=kit) == 0
    assert skeleton.main(["--check"], root=kit) == 1
