"""The command line, the whole of it, as a process."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest
from support import programs
from support.graders import SCHEMA, grader, ids
from support.worlds import needs_posix


def test_grading_from_the_command_line(tmp_path: Path) -> None:
    """A grading prints JSON that keeps to the schema, and ends with status 0."""
    programs.write_programs(tmp_path)
    done = grader(str(tmp_path), "--only", "starts", "--format", "json", "--seed", "5")
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    jsonschema.validate(found, SCHEMA)
    assert (found["seed"], found["mark"]) == (5, None)
    assert [ids(variant) for variant in found["variants"]] == [["tcp.starts"], ["udp.starts"]]


def test_trace(tmp_path: Path) -> None:
    """With a trace, the transcript of a check that passed is shown too."""
    programs.write_programs(tmp_path)
    done = grader(str(tmp_path), "--only", "udp.handshake", "--trace")
    assert done.returncode == 0
    assert "-- the server starts --" in done.stdout


def test_wrong_argument_from_the_command_line() -> None:
    """A wrong argument is one line on standard error."""
    done = grader("nothing-here")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1


@contextlib.contextmanager
def nobody() -> Iterator[int]:
    """The end of a pipe whose reader is gone."""
    read, write = os.pipe()
    os.close(read)
    yield write
    os.close(write)


def for_nobody(*arguments: str) -> tuple[int, str]:
    """Status and complaints of a grader whose output nobody reads."""
    with nobody() as pipe:
        done = grader(*arguments, stdout=pipe, stderr=subprocess.PIPE, capture_output=False)
    return done.returncode, done.stderr


@needs_posix
@pytest.mark.parametrize("format_", ["table", "json"])
def test_result_for_a_reader_who_is_gone(format_: str, tmp_path: Path) -> None:
    """When whoever reads the output is gone, nobody is told so by a traceback."""
    programs.write_programs(tmp_path)
    status, complaints = for_nobody(str(tmp_path), "--only", "udp.starts", "--format", format_)
    assert (status, complaints) == (3, "")


@needs_posix
def test_list_for_a_reader_who_is_gone() -> None:
    """The list for a reader who is gone ends without a traceback too."""
    assert for_nobody("--list")[1] == ""


@needs_posix
def test_what_the_machine_refuses_is_one_line(tmp_path: Path) -> None:
    """Where no file can be written, that is said in a line, with the grader's own status."""
    import resource

    programs.write_programs(tmp_path)

    def no_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))

    done = grader(str(tmp_path), "--only", "udp.starts", "--portable", preexec_fn=no_files)
    assert done.returncode == 3
    assert done.stderr.count("\n") == 1 and done.stderr.startswith("grader: ")
