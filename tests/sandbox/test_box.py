"""What a student's process may reach, and what it finds around it."""

from __future__ import annotations

import json
import marshal
import os
from pathlib import Path

import pytest
from support import boxes, worlds
from support.boxes import BOXES, each_closed_level, each_level
from support.worlds import needs_linux, needs_posix

from grader.sandbox import landlock, levels, limits
from grader.sandbox.box import Box, scratch_folder
from grader.sandbox.network import Network

KEPT = {"SYSTEMROOT", "SYSTEMDRIVE", "COMSPEC", "PATHEXT", "WINDIR"}


def test_environment_is_scrubbed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No variable of the grader's reaches a program."""
    monkeypatch.setenv("SECRET", "seed")
    monkeypatch.setenv("PYTHONPATH", "somewhere")
    source = "import json, os; print(json.dumps(dict(os.environ)))"
    found = json.loads(worlds.output(tmp_path, source))
    allowed = {"PATH", "HOME", "USERPROFILE", "TMPDIR", "TEMP", "TMP", "LANG", "LC_CTYPE"}
    allowed |= {"USER", "LOGNAME", "USERNAME"}
    assert found.keys() <= allowed | KEPT
    assert "seed" not in found.values()


def test_home_is_the_scratch_folder(tmp_path: Path) -> None:
    """What a program keeps at home or in the temporary folder is gone afterwards."""
    source = (
        "import os, tempfile\n"
        "print(os.path.expanduser('~') == os.environ['TMPDIR'] == tempfile.gettempdir())"
    )
    assert worlds.output(tmp_path, source) == "True\n"


def test_folder_is_empty(tmp_path: Path) -> None:
    """A program runs in an empty folder, not in that of the submission."""
    source = "import os; print(os.listdir(), os.getcwd())"
    found = worlds.output(tmp_path, source)
    assert found.startswith("[] ")
    assert str(tmp_path) not in found


def test_folder_is_gone_afterwards(tmp_path: Path) -> None:
    """What a program writes where it runs does not stay."""
    with scratch_folder() as folder:
        (folder / "kept.txt").write_text("seen before")
        (folder / "deep").mkdir()
    assert not folder.exists()


def test_folder_is_gone_after_a_failure() -> None:
    """The folder is taken away also when the check fails."""
    with pytest.raises(ZeroDivisionError), scratch_folder() as folder:
        raise ZeroDivisionError
    assert not folder.exists()


def test_programs_run_outside_of_the_graders_packages(tmp_path: Path) -> None:
    """A program runs on the interpreter below the grader's own environment."""
    source = (
        "import sys; f = sys.flags; print(sys.prefix == sys.base_prefix, f.isolated, f.no_site)"
    )
    assert worlds.output(tmp_path, source) == "True 1 1\n"


@needs_posix
def test_many_files_are_allowed() -> None:
    """A hundred participants have their sockets, as far as the system lets them."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        limits.allow_many_files()
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        assert hard == before[1]
        assert soft == limits.LIMITS["NOFILE"] or soft == hard
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


# At each level.


def said(box: Box, source: str, folder: Path, network: Network = worlds.LOOPBACK) -> str:
    """What a program prints in the sandbox, complaints included."""
    script = folder / "submission" / "program.py"
    script.parent.mkdir()
    script.write_text(source)
    with worlds.started(script, boxes.room(folder), box=box, network=network) as child:
        printed, complaints = worlds.communicate(child)
    return (printed + complaints).decode()


def test_the_start_is_compiled(tmp_path: Path) -> None:
    """It names no folder of this machine where a program's own traceback begins."""
    boot = worlds.BARE.compiled(tmp_path).boot
    assert marshal.loads(boot.read_bytes()[16:]).co_filename == "boot.py"


@each_level
def test_a_compiled_start_starts_programs(box: Box, scratch: Path) -> None:
    """A program runs the same, whatever its start is made of."""
    with scratch_folder() as folder:
        compiled = box.compiled(folder)
        assert compiled.boot.parent == folder
        assert said(compiled, "print(__name__, 6 * 7)", scratch) == "__main__ 42\n"


@needs_linux
@each_closed_level
def test_other_files_are_closed(box: Box, scratch: Path) -> None:
    """Neither a file beside the submission nor the grader can be read."""
    secret = scratch / "secret.txt"
    secret.write_text("the seed")
    reads = "try:\n    print(open({!r}).read())\nexcept OSError:\n    print('closed')\n"
    source = reads.format(str(secret)) + reads.format(levels.__file__)
    assert said(box, source, scratch) == "closed\nclosed\n"


@needs_linux
@each_closed_level
def test_the_submission_cannot_be_changed(box: Box, scratch: Path) -> None:
    """A program can read its own folder, not write to it."""
    source = "import os\nf = os.path.dirname(__file__)\nprint(os.listdir(f))\nopen(f + '/x', 'w')"
    found = said(box, source, scratch)
    assert "['program.py']" in found
    assert "OSError" in found or "PermissionError" in found
    assert os.listdir(scratch / "submission") == ["program.py"]


@needs_linux
@each_closed_level
def test_there_is_a_place_to_write(box: Box, scratch: Path) -> None:
    """Where a program runs it may keep files, in an empty folder."""
    source = "import os\nprint(os.listdir())\nopen('x', 'w').write('1')\nprint(open('x').read())"
    assert said(box, source, scratch) == "[]\n1\n"


@needs_linux
@each_closed_level
def test_the_grader_cannot_be_ended(box: Box, scratch: Path) -> None:
    """No signal reaches a process outside: not the parent, not one whose id is known."""
    source = (
        "import os, signal, sys\n"
        f"for pid in {os.getpid()}, os.getppid():\n"
        "    try:\n        os.kill(pid, signal.SIGCONT)\n"
        "    except OSError:\n        print('refused')\n"
        "    else:\n        print('sent to', pid)\n"
    )
    if box.level == "limits" and landlock.version() < 6:
        pytest.skip("needs Landlock 6")
    found = said(box, source, scratch)
    # In a namespace the parent is the namespace's own first process.
    assert found in ("refused\nrefused\n", "refused\nsent to 1\n"), found


@needs_linux
@each_level
def test_localhost_has_an_address(box: Box, scratch: Path) -> None:
    """A program that says localhost for the address finds it."""
    assert said(box, "import socket\nprint(socket.gethostbyname('localhost'))", scratch) == (
        "127.0.0.1\n"
    )


@needs_linux
@each_level
def test_its_own_name_has_an_address(box: Box, scratch: Path) -> None:
    """A program finds an address for the name of the machine that it runs on."""
    source = "import socket\nprint(socket.gethostbyname(socket.gethostname()))"
    networks = worlds.namespaces()
    if box.level != "namespaces" and networks is None:
        pytest.skip("needs a network of its own")
    found = said(box, source, scratch, networks.fresh() if networks else worlds.LOOPBACK)
    assert found == "127.0.0.1\n"


@needs_linux
def test_a_limit_on_processes(tmp_path: Path) -> None:
    """A program that forks without end is stopped by its own limit."""
    box = BOXES.get("namespaces")
    if box is None:
        pytest.skip("needs namespaces")
    source = (
        "import os, time\ntry:\n    for n in range(5000):\n"
        "        if not os.fork(): time.sleep(1000)\n"
        "except OSError:\n    print('stopped')\n"
        "else:\n    print('never stopped')\n"
        "os._exit(0)"
    )
    assert said(box, source, tmp_path) == "stopped\n"


@needs_linux
def test_a_daemon_ends_with_its_namespace(tmp_path: Path) -> None:
    """What has daemonised inside a namespace holds nothing open once the program is ended."""
    box = BOXES.get("namespaces")
    if box is None:
        pytest.skip("needs namespaces")
    source = "import os, time\nif not os.fork():\n    os.setsid()\n    time.sleep(1000)"
    # The daemon holds the program's output: it would not end before the daemon did.
    assert said(box, source, tmp_path) == ""
