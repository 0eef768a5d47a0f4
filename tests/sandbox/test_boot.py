"""Programs run in the sandbox as they run by hand, but for what they must not reach."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from support import worlds
from support.worlds import needs_posix

from grader.sandbox import limits
from grader.sandbox.box import scratch_folder


def evaluated(folder: Path, expression: str, *arguments: str, before: str = "") -> object:
    """The value of an expression in a program that runs in the sandbox."""
    source = f"import json, os, sys\n{before}\nprint(json.dumps({expression}))"
    return json.loads(worlds.output(folder, source, *arguments))


def test_arguments(tmp_path: Path) -> None:
    """A program gets its arguments as if it had been started by hand."""
    program = str(tmp_path / "program.py")
    assert evaluated(tmp_path, "sys.argv", "--port", "1") == [program, "--port", "1"]


def test_name_and_file(tmp_path: Path) -> None:
    """A program is `__main__`, and knows its file."""
    found = evaluated(tmp_path, "[__name__, __file__, sys.modules['__main__'].__file__]")
    program = str(tmp_path / "program.py")
    assert found == ["__main__", program, program]


def test_main_is_the_program(tmp_path: Path) -> None:
    """What imports `__main__` gets the program, not what has started it."""
    before = "mine = 5\nimport __main__"
    assert evaluated(tmp_path, "__main__.mine", before=before) == 5


def test_nothing_of_the_start_is_left(tmp_path: Path) -> None:
    """The program finds no names but its own and those of every module."""
    names = evaluated(tmp_path, "sorted(set(globals()) - {'json', 'os', 'sys'})")
    by_hand = ("__builtins__", "__doc__", "__file__", "__loader__", "__name__", "__package__")
    assert isinstance(names, list)
    assert set(names) <= {*by_hand, "__spec__", "__annotations__", "__cached__"}


def test_future_of_the_start_is_not_that_of_the_program(tmp_path: Path) -> None:
    """The program is compiled as it stands: annotations are evaluated."""
    before = "def f(x: 1 + 1): pass"
    assert evaluated(tmp_path, "f.__annotations__['x']", before=before) == 2


def test_standard_library_is_there(tmp_path: Path) -> None:
    """What the assignment needs can be imported."""
    source = "import argparse, contextlib, queue, socket, threading; print('all')"
    assert worlds.output(tmp_path, source) == "all\n"


@pytest.mark.parametrize("package", ["pytest", "psutil", "rich", "grader"])
def test_packages_of_the_grader_are_not_there(package: str, tmp_path: Path) -> None:
    """What the grader needs is nothing that a submission could import."""
    status, _, complaint = worlds.run(tmp_path, f"import {package}")
    assert status == 1
    assert f"No module named '{package}'" in complaint


RACE = """
import threading

total = 0

def count():
    global total
    for _ in range(200):
        seen = total
        total = seen + 1

threads = [threading.Thread(target=count) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(total)
"""


def test_missing_lock_shows(tmp_path: Path) -> None:
    """In a restless program a race that hardly ever shows by hand is lost."""
    status, printed, _ = worlds.run(tmp_path, RACE, restless=True)
    assert status == 0
    assert int(printed) < 800


@pytest.mark.parametrize("restless", [False, True])
def test_rests_only_where_asked(restless: bool, tmp_path: Path) -> None:
    """A program is traced, in all its threads, only if it is restless."""
    source = "import sys, threading; print(bool(sys.gettrace()), bool(threading.gettrace()))"
    _, printed, _ = worlds.run(tmp_path, source, restless=restless)
    assert printed == f"{restless} {restless}\n"


def test_restless_program_breaks_as_any(tmp_path: Path) -> None:
    """What the rests are made by is in no traceback."""
    status, _, complaint = worlds.run(tmp_path, "def f():\n    1 / 0\nf()", restless=True)
    assert status == 1
    assert "ZeroDivisionError" in complaint and "at_line" not in complaint


def test_module_beside_is_there(tmp_path: Path) -> None:
    """A module in the same folder can be imported."""
    (tmp_path / "helper.py").write_text("answer = 42")
    assert worlds.output(tmp_path, "import helper; print(helper.answer)") == "42\n"


@pytest.mark.parametrize("module", ["socket", "threading", "string"])
def test_module_beside_does_not_replace_the_library(module: str, tmp_path: Path) -> None:
    """A file that is called like a module of the library does not take its place."""
    (tmp_path / f"{module}.py").write_text("raise SystemExit('the wrong one')")
    source = f"import {module}; print({module}.__file__)"
    assert str(tmp_path) not in worlds.output(tmp_path, source)


def test_nothing_is_written_into_the_submission(tmp_path: Path) -> None:
    """No compiled files appear beside those of the submission."""
    (tmp_path / "helper.py").write_text("answer = 42")
    worlds.output(tmp_path, "import helper")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["helper.py", "program.py"]


@pytest.mark.parametrize(
    ("source", "status"),
    [
        ("exit()", 0),
        ("quit()", 0),
        ("exit(3)", 3),
        ("import sys; sys.exit(4)", 4),
        ("raise SystemExit('no')", 1),
        ("import os; os._exit(5)", 5),
        ("1 / 0", 1),
        ("", 0),
    ],
)
def test_ways_to_end(source: str, status: int, tmp_path: Path) -> None:
    """However a program ends, its status is what it is by hand."""
    assert worlds.run(tmp_path, source)[0] == status


def test_traceback_shows_the_program(tmp_path: Path) -> None:
    """A traceback ends in the program's own line."""
    complaint = worlds.run(tmp_path, "def serve():\n    1 / 0\nserve()")[2]
    assert f'File "{tmp_path / "program.py"}", line 2, in serve\n    1 / 0\n' in complaint


@pytest.mark.parametrize("source", [b"x = 1\n# caf\xe9\n", b"x = 1\ny = 'caf\xe9'\n"])
def test_text_that_is_not_utf_8(source: bytes, tmp_path: Path) -> None:
    """Bytes that are no UTF-8 are refused even in a comment, as they are by hand."""
    program = tmp_path / "latin.py"
    program.write_bytes(source)
    with (
        scratch_folder() as folder,
        worlds.started(program, folder) as child,
    ):
        complaint = worlds.communicate(child)[1].decode()
        assert child.wait(worlds.PATIENCE) == 1
    assert f'File "{program}", line 2' in complaint
    assert "SyntaxError" in complaint


def test_declared_encoding(tmp_path: Path) -> None:
    """A program may be in another encoding, if it says so."""
    program = tmp_path / "latin.py"
    program.write_bytes(b"# -*- coding: latin-1 -*-\nprint('caf\xe9')\n")
    with (
        scratch_folder() as folder,
        worlds.started(program, folder) as child,
    ):
        assert worlds.communicate(child)[0].decode() == "café\n"


def test_syntax_error_is_told(tmp_path: Path) -> None:
    """A program that cannot be compiled says where."""
    status, _, complaint = worlds.run(tmp_path, "x = (")
    assert status == 1
    assert f'File "{tmp_path / "program.py"}", line 1' in complaint


def test_input_is_open(tmp_path: Path) -> None:
    """A program can read what is typed, and then meets the end of the input."""
    source = "print(input('? '))\ntry: input()\nexcept EOFError: print('end')"
    assert worlds.output(tmp_path, source, typed="hello\n") == "? hello\nend\n"


def test_output_comes_at_once(tmp_path: Path) -> None:
    """What a program prints is not kept back until it ends."""
    printed = worlds.run(tmp_path, "import os\nprint('seen')\nos._exit(0)")[1]
    assert printed == "seen\n"


def test_text_is_utf_8(tmp_path: Path) -> None:
    """Any letter can be read and printed, wherever the grader runs."""
    assert worlds.output(tmp_path, "print(input() + 'é€🙂')", typed="é\n") == "éé€🙂\n"


def test_source_in_another_encoding(tmp_path: Path) -> None:
    """A program may say in which encoding it is written."""
    (tmp_path / "latin.py").write_bytes(b"# coding: latin-1\nprint('\xe9')")
    with (
        scratch_folder() as folder,
        worlds.started(tmp_path / "latin.py", folder) as child,
    ):
        assert worlds.communicate(child)[0] == "é\n".encode()


@needs_posix
def test_limits_are_set(tmp_path: Path) -> None:
    """A program cannot use up the machine."""
    import resource

    before = "import resource"
    pairs = "{n: resource.getrlimit(getattr(resource, 'RLIMIT_' + n)) for n in names}"
    wanted = ["CORE", "CPU", "FSIZE", "NOFILE"] + (["DATA"] if sys.platform == "linux" else [])
    found = evaluated(tmp_path, pairs, before=f"{before}\nnames = {wanted}")
    assert isinstance(found, dict)
    for name in wanted:
        hard = resource.getrlimit(getattr(resource, f"RLIMIT_{name}"))[1]
        most = limits.LIMITS[name]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        assert found[name] == [most, most], name
