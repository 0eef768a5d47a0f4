"""The exceptions that a program says have ended its threads."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import worlds

from grader.chat.tracebacks import MAX_TEXT, MAX_TRACEBACK, MOST, raised
from grader.result.check import Place, Raised
from grader.submission.own_files import OwnFiles

BEGINS = "Traceback (most recent call last):"
IN_THREAD = "Exception in thread Thread-1 (serve):"
DURING = "During handling of the above exception, another exception occurred:"
TASK = "NotImplementedError: task 6: pass messages on"
RUN = "import threading\n{}\nt = threading.Thread(target=serve)\nt.start()\nt.join()\n"


def ended(folder: Path, source: str) -> tuple[Raised, ...]:
    """What a program says that has run to its end."""
    with worlds.process(folder, source) as running:
        assert running.wait(worlds.patient()) is not None
    return running.raised()


@pytest.mark.parametrize(
    ("source", "line", "code", "error"),
    [
        ("\n\n1 / 0\n", 3, "1 / 0", "ZeroDivisionError"),
        ("def serve():\n    1  /  0\n\nserve()\n", 2, "1 / 0", "ZeroDivisionError"),
        ("import json\njson.loads('x')\n", 2, "json.loads('x')", "json.decoder.JSONDecodeError"),
        ("\nx = (\n", 2, "x = (", "SyntaxError"),
        ("if 1:\n\tx = 1\n        y = 2\n", 3, "y = 2", "TabError"),
        ("def f():\nx = 1\n", 2, "x = 1", "IndentationError"),
        ("class E(Exception): pass\nraise E\n", 2, "raise E", "E"),
        ("try: 1 / 0\nexcept Exception: nme\n", 2, "except Exception: nme", "NameError"),
        ("try: 1 / 0\nexcept Exception as e:\n  raise OSError from e", 3, None, "OSError"),
        (RUN.format("def serve(): nme"), 2, "def serve(): nme", "NameError"),
    ],
)
def test_where_it_broke(
    source: str, line: int, code: str | None, error: str, tmp_path: Path
) -> None:
    """The last of the program's own lines is where it broke, or why it did not start."""
    (one,) = ended(tmp_path, source)
    assert (one.place, one.error) == (Place("program.py", line), error)
    assert code is None or one.code == code


@pytest.mark.parametrize(
    "source",
    [
        "raise SystemExit(1)\n",
        "import sys; print('  File \"program.py\", line 1', file=sys.stderr)\n",
        "import os\nos.unlink(__file__)\n1 / 0\n",  # gone: no line of it can be shown
        f"raise NotImplementedError({TASK.partition(': ')[2]!r})\n",
        RUN.format(f"def serve(): raise NotImplementedError({TASK.partition(': ')[2]!r})"),
    ],
)
def test_nothing_broke(source: str, tmp_path: Path) -> None:
    """Neither what the skeleton raises nor a text of the program's own is an exception to show."""
    assert ended(tmp_path, source) == ()


def test_thread_that_could_not_call_its_function(tmp_path: Path) -> None:
    """The name of the thread is there although no line of the program is."""
    (one,) = ended(tmp_path, RUN.format("def serve(x): pass"))
    assert (one.place, one.code, one.thread) == (None, "", "Thread-1 (serve)")
    assert one.text.startswith("serve() missing 1 required positional argument")


def test_whole_traceback(tmp_path: Path) -> None:
    """The traceback is kept without what started the program, its files by their names."""
    (one,) = ended(tmp_path, "def serve():\n    1 / 0\nserve()\n")
    lines = [line for line in one.traceback.split("\n") if "~" not in line and "^" not in line]
    assert lines == [
        BEGINS,
        '  File "program.py", line 3, in <module>',
        "    serve()",
        '  File "program.py", line 2, in serve',
        "    1 / 0",
        "ZeroDivisionError: division by zero",
    ]


def test_module_beside_the_program(tmp_path: Path) -> None:
    """A line of a module that the program imports is its own as well."""
    (tmp_path / "wire.py").write_text("\ndef send(): 1 / 0\n")
    (one,) = ended(tmp_path, "import wire\nwire.send()\n")
    assert (one.place, one.code) == (Place("wire.py", 2), "def send(): 1 / 0")


@pytest.fixture
def files(tmp_path: Path) -> OwnFiles:
    (tmp_path / "program.py").write_text("\n".join(f"line{n}()" for n in range(1, 31)))
    return OwnFiles(tmp_path, "/submission")


def told(*lines: int, error: str = "KeyError: 'x'", file: str = "/submission/program.py") -> str:
    """A traceback through these lines."""
    frames = [f'  File "{file}", line {n}, in serve\n    code' for n in lines]
    return "\n".join([BEGINS, *frames, error, ""])


def test_what_began_it_comes_first(files: OwnFiles) -> None:
    """Connections that break are rarely what began it; of others the first is told first."""
    text = told(1, error="BrokenPipeError: x") + told(2) + told(3, error="NameError: y") + told(2)
    assert [one.place and one.place.line for one in raised(text, files)] == [2, 3, 1]


def test_few_are_kept(files: OwnFiles) -> None:
    """Of many exceptions a few are kept, each place once."""
    text = "".join(told(n % 30 + 1) for n in range(5000))
    assert [one.place and one.place.line for one in raised(text, files)] == [1, 2, 3][:MOST]


def test_code_is_read_from_the_file(files: OwnFiles) -> None:
    """What a traceback says of the code is not believed."""
    (one,) = raised(told(7), files)
    assert one.code == "line7()"


def test_long_texts_are_cut(files: OwnFiles) -> None:
    """Nobody can fill a result."""
    lines = "".join(f"  x{'y' * 500}\n" for _ in range(100))
    text = told(7, error=f"{lines}KeyError: {'x' * 100_000}")
    (one,) = raised(text, files)
    assert len(one.text) <= MAX_TEXT
    assert len(one.traceback) <= MAX_TRACEBACK


@pytest.mark.parametrize(
    "text",
    [
        told(31),
        told(0),
        told(1, file="/etc/passwd.py"),
        told(1, file="/submission/../program.py"),
        told(1, file="program.py"),
        told(1, error="no error at all"),
        told(1, error=f"{'E' * 200}: x"),
        told(),
        BEGINS,
        f"{BEGINS}\n" * 50_000,
        f"{IN_THREAD}\n" * 50_000,
        told(1, error=TASK),
        f"{told(1, error=TASK)}\n{DURING}\n\n{told(2)}",
    ],
)
def test_what_is_no_exception_of_its_own(text: str, files: OwnFiles) -> None:
    """Lines that do not exist, other files, and what is no traceback are passed over."""
    assert raised(text, files) == ()


def test_two_that_are_mixed_up(files: OwnFiles) -> None:
    """Two threads that write at once do not put words into each other's mouth."""
    half = f'{IN_THREAD}\n{BEGINS}\n  File "/submission/program.py", line 5, in serve\n'
    (one,) = raised(f"{half}{IN_THREAD.replace('1', '2')}\n{told(7)}{'KeyError: 5'}\n", files)
    assert (one.thread, one.place) == ("Thread-2 (serve)", Place("program.py", 7))


def test_lines_end_as_on_windows(files: OwnFiles) -> None:
    """A traceback is one whatever ends its lines."""
    (one,) = raised(told(7).replace("\n", "\r\n"), files)
    assert (one.place, one.text) == (Place("program.py", 7), "'x'")
