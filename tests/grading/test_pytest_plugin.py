"""The checks as pytest tests: options, order, needs and verdicts."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from support import programs, worlds
from support.programs import changed

from grader.assignment import rubric
from grader.grading import pytest_plugin

CHECKS = worlds.ROOT / "grader" / "checks"
# What a grading has found, written down at the end for the test.
KEEP = """

def pytest_sessionfinish(session):
    import dataclasses, json, os
    from grader.grading.pytest_plugin import GRADING
    if GRADING in session.config.stash:
        grading = session.config.stash[GRADING]
        found = {
            "results": {id_: dataclasses.asdict(r) for id_, r in grading.results.items()},
            "sandbox": dataclasses.asdict(grading.sandbox),
        }
        with open(os.environ["KEEP"], "w", encoding="utf-8") as file:
            json.dump(found, file)
"""


def run_pytest(
    *arguments: str, cwd: Path = worlds.ROOT, **options: Any
) -> subprocess.CompletedProcess[str]:
    """Run the checks by pytest, as a maintainer does."""
    cache = "-pno:cacheprovider"
    return worlds.python("-B", "-m", "pytest", cache, *arguments, cwd=cwd, **options)


def graded(
    folder: Path, submission: Path, *arguments: str, checks: str | None = None
) -> tuple[dict[str, Any], str]:
    """Run checks on a submission: what was found, and what pytest printed.

    ``checks`` is the source of checks to run in place of the kit's own.
    """
    mine = folder / "checks"
    mine.mkdir()
    conftest = (CHECKS / "conftest.py").read_text(encoding="utf-8")
    (mine / "conftest.py").write_text(conftest + KEEP, encoding="utf-8")
    (mine / "pytest.ini").write_text("[pytest]\naddopts = --import-mode=importlib\n")
    if checks is None:
        for path in CHECKS.glob("test_*.py"):
            shutil.copyfile(path, mine / path.name)
    else:
        (mine / "test_mine.py").write_text(checks, encoding="utf-8")
    kept = folder / "kept.json"
    scratch = folder / "scratch"
    scratch.mkdir()
    environment = {**os.environ, "KEEP": str(kept), "PYTHONPATH": str(worlds.ROOT)}
    environment["TMPDIR"] = str(scratch)
    done = run_pytest(
        str(mine), f"--submission={submission}", *arguments, cwd=folder, env=environment
    )
    assert kept.exists(), done.stdout + done.stderr
    return worlds.read_json(kept), done.stdout


@pytest.mark.parametrize("where", ["root", "another folder"])
def test_checks_run_by_pytest(where: str, tmp_path: Path) -> None:
    """The checks can be run by plain pytest from anywhere, some of them alone."""
    at_root = where == "root"
    done = run_pytest(
        "grader/checks" if at_root else str(CHECKS),
        *("--submission", "reference" if at_root else str(worlds.REFERENCE)),
        *("-k", "join_notice", "--variant", "tcp", "--seed", "7"),
        cwd=worlds.ROOT if at_root else tmp_path,
    )
    assert done.returncode == 0, done.stdout
    assert "1 passed" in done.stdout
    assert "--seed 7" in done.stdout


def test_unknown_submission(tmp_path: Path) -> None:
    """A folder that is not there is an error of usage, said in a line."""
    done = run_pytest("grader/checks", "--submission", str(tmp_path / "nothing"))
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "no such folder" in done.stderr
    assert "Traceback" not in done.stderr


def test_language(tmp_path: Path) -> None:
    """Plain pytest talks English, whatever the system is set to, unless asked for more."""
    environment = {**os.environ, "LANGUAGE": "ru"}
    arguments = ("grader/checks", "--submission", str(tmp_path / "nothing"))
    assert "no such folder" in run_pytest(*arguments, env=environment).stderr
    assert "такой папки нет" in run_pytest(*arguments, "--lang=ru").stderr


def test_failure_reads_well(tmp_path: Path) -> None:
    """A check that fails shows its steps, what was expected and what came, and no traceback."""
    server = changed(programs.TCP_SERVER, 'b" joined!"', 'b" is here!"')
    submission = programs.write_programs(tmp_path / "submission", tcp_server=server)
    found, printed = graded(tmp_path, submission, "--checks=tcp.join-notice", "--variant=tcp")
    result = found["results"]["tcp.join-notice"]
    assert (result["verdict"], result["points"]) == ("FAIL", 0)
    assert "joined!" in result["expected"] and "is here!" in result["got"]
    assert f"  expected: {result['expected']}\n" in printed
    assert f"  got: {result['got']}\n" in printed
    assert "  1. the server starts\n" in printed
    assert "Traceback" not in printed and "chat.py" not in printed


def test_failure_shows_the_students_line(tmp_path: Path) -> None:
    """Of a server that ends, the student's own error is shown."""
    submission = programs.write_programs(tmp_path / "submission", tcp_server="1 / 0")
    found, _ = graded(tmp_path, submission, "--checks=tcp.starts", "--variant=tcp")
    result = found["results"]["tcp.starts"]
    assert result["verdict"] == "FAIL"
    assert "ZeroDivisionError: division by zero" in result["got"]
    assert "1 / 0" in "".join(event["text"] for event in result["transcript"])
    assert result["place"] == {"file": "tcp_server.py", "line": 1}


def test_nothing_is_left_behind(tmp_path: Path) -> None:
    """After a run the copy of the submission and all empty folders are gone."""
    submission = programs.write_programs(tmp_path / "submission")
    graded(tmp_path, submission, "--checks=tcp.starts", "--variant=tcp")
    assert list((tmp_path / "scratch").iterdir()) == []


def test_needs_not_met(tmp_path: Path) -> None:
    """A check whose need did not pass is skipped, and all that need it in turn."""
    submission = programs.write_programs(tmp_path / "submission", tcp_server="1 / 0")
    wanted = "--checks=tcp.starts,tcp.two-users,tcp.many-users"
    found, printed = graded(tmp_path, submission, wanted, "--variant=tcp", "-rs")
    results = found["results"]
    assert [r["verdict"] for r in results.values()] == ["FAIL", "SKIP", "SKIP"]
    assert results["tcp.two-users"]["message"] == "needs starts, which did not pass"
    assert results["tcp.many-users"]["message"] == "needs two-users, which did not pass"
    assert "SKIP: needs starts, which did not pass" in printed


def test_need_that_was_not_asked_for(tmp_path: Path) -> None:
    """A check that is run alone is not skipped for want of checks that were not run."""
    submission = programs.write_programs(tmp_path / "submission")
    found, _ = graded(tmp_path, submission, "--checks=udp.many-users")
    assert {id_: r["verdict"] for id_, r in found["results"].items()} == {"udp.many-users": "PASS"}


def test_missing_file(tmp_path: Path) -> None:
    """A check whose file is missing is skipped, and the others run."""
    submission = programs.write_programs(tmp_path / "submission")
    (submission / "tcp_client.py").unlink()
    wanted = "--checks=tcp.starts,tcp.client-name,tcp.end-to-end"
    results = graded(tmp_path, submission, wanted)[0]["results"]
    assert [r["verdict"] for r in results.values()] == ["PASS", "SKIP", "SKIP"]
    assert results["tcp.client-name"]["message"] == "tcp_client.py is missing"


def test_single_file(tmp_path: Path) -> None:
    """A server of any name can be checked without a client."""
    server = tmp_path / "mine.py"
    server.write_text(programs.UDP_SERVER)
    wanted = "--checks=udp.starts,udp.client-name"
    found, _ = graded(tmp_path, tmp_path, f"--server={server}", "--variant=udp", wanted)
    results = found["results"]
    assert [r["verdict"] for r in results.values()] == ["PASS", "SKIP"]


def test_task_not_written(tmp_path: Path) -> None:
    """A failure after the skeleton's NotImplementedError is a task still to be written."""
    server = "raise NotImplementedError('task 1: open the listening socket')"
    submission = programs.write_programs(tmp_path / "submission", tcp_server=server)
    found, printed = graded(tmp_path, submission, "--checks=tcp.starts", "-rs")
    result = found["results"]["tcp.starts"]
    assert result["verdict"] == "TODO"
    assert result["message"] == "task 1: open the listening socket"
    assert "TODO: task 1: open the listening socket" in printed


def test_last_look_catches_what_comes_late(tmp_path: Path) -> None:
    """What a check has not seen, because it came only after its end, fails it."""
    late = "    connection.sendall(name + b' joined!' + END)\n"
    gone = "    with lock:\n        del users[name]"
    server = changed(programs.TCP_SERVER, gone, late + gone)
    submission = programs.write_programs(tmp_path / "submission", tcp_server=server)
    results = graded(tmp_path, submission, "--checks=tcp.join-not-to-self")[0]["results"]
    result = results["tcp.join-not-to-self"]
    assert result["verdict"] == "FAIL"
    assert "late" in result["message"]


STARVED = '''
def test_starts(chat):
    """The first check."""
    chat.profile.patience.starved = True

def test_client_name(chat):
    """One that does not need it."""
'''


def test_busy_machine(tmp_path: Path) -> None:
    """Where the machine had no time for a submission a check is an ERROR, and it alone."""
    submission = programs.write_programs(tmp_path / "submission")
    found, _ = graded(tmp_path, submission, "--variant=udp", checks=STARVED)
    assert {id_: r["verdict"] for id_, r in found["results"].items()} == {
        "udp.starts": "ERROR",
        "udp.client-name": "PASS",
    }


MINE = '''
from grader.chat.failure import Failure, Unmet

def test_starts(chat):
    """The first check."""
    {0}

def test_handshake(chat):
    """The second check."""
'''


@pytest.mark.parametrize(
    ("body", "verdict", "message"),
    [
        ("pass", "PASS", ""),
        ("raise Failure('not so')", "FAIL", "not so"),
        ("raise Unmet('not here')", "SKIP", "not here"),
        ("raise ValueError('boom')", "ERROR", "ValueError: boom"),
        ("assert 1 == 2", "ERROR", "AssertionError: assert 1 == 2"),
    ],
)
def test_verdicts(body: str, verdict: str, message: str, tmp_path: Path) -> None:
    """How a check ends says what its verdict is; what is no Failure is the grader's own fault."""
    submission = programs.write_programs(tmp_path / "submission")
    results = graded(tmp_path, submission, "--variant=tcp", checks=MINE.format(body))[0]["results"]
    first, second = results["tcp.starts"], results["tcp.handshake"]
    assert (first["verdict"], first["message"]) == (verdict, message)
    assert first["title"] == "The first check."
    assert second["verdict"] == ("PASS" if verdict == "PASS" else "SKIP")


def test_grader_fails_while_it_cleans_up(tmp_path: Path) -> None:
    """An exception while the world of a check is taken down is the grader's own fault."""
    submission = programs.write_programs(tmp_path / "submission")
    breaking = MINE.format("chat.close = None")
    results = graded(tmp_path, submission, "--variant=tcp", checks=breaking)[0]["results"]
    assert results["tcp.starts"]["verdict"] == "ERROR"


def test_both_variants_in_the_order_of_the_rubric(tmp_path: Path) -> None:
    """Each check runs once for each variant that has it, variant by variant."""
    submission = programs.write_programs(tmp_path / "submission")
    results = graded(tmp_path, submission, checks=MINE.format("pass"))[0]["results"]
    assert list(results) == ["tcp.starts", "tcp.handshake", "udp.starts", "udp.handshake"]


def test_the_order_can_be_another(tmp_path: Path) -> None:
    """Checks that are named run in the order in which they are."""
    submission = programs.write_programs(tmp_path / "mine")
    wanted = "--checks=udp.handshake,udp.starts"
    results = graded(tmp_path, submission, wanted, "--variant=udp")[0]["results"]
    assert list(results) == ["udp.handshake", "udp.starts"]


def test_order_of_the_file_does_not_matter(tmp_path: Path) -> None:
    """The checks run in the order of the rubric, whatever their order in the files."""
    source = "".join(f"def test_{n}(chat): pass\n" for n in ("storm", "handshake", "starts"))
    submission = programs.write_programs(tmp_path / "submission")
    results = graded(tmp_path, submission, "--variant=udp", checks=source)[0]["results"]
    assert list(results) == ["udp.starts", "udp.handshake", "udp.storm"]


def test_portable(tmp_path: Path) -> None:
    """Who asks for it gets a free port and the wall clock, and is told so."""
    submission = programs.write_programs(tmp_path / "submission")
    found, _ = graded(tmp_path, submission, "--checks=tcp.starts", "--portable")
    assert (found["sandbox"]["network"], found["sandbox"]["clock"]) == ("free-port", "wall")
    assert found["sandbox"]["note"]
    assert found["results"]["tcp.starts"]["verdict"] == "PASS"


def test_programs_start_compiled(tmp_path: Path) -> None:
    """A grading compiles once what starts every program."""
    body = "def test_starts(chat):\n    assert chat._site.box.boot.name == 'boot.pyc', chat._site\n"
    found, _ = graded(tmp_path, worlds.REFERENCE, "--checks=tcp.starts", checks=body)
    assert found["results"]["tcp.starts"]["verdict"] == "PASS"


def test_passing_check_has_steps_and_evidence(tmp_path: Path) -> None:
    """Of a check that passed it is known what was done, and how the verdict is known."""
    submission = programs.write_programs(tmp_path / "submission")
    results = graded(tmp_path, submission, "--checks=tcp.two-users")[0]["results"]
    result = results["tcp.two-users"]
    assert result["steps"][0] == "the server starts"
    assert result["evidence"] == ["seen", "fenced"]
    assert result["duration_s"] > 0
    assert any(event["kind"] == "gets" for event in result["transcript"])


def test_titles_are_the_docstrings() -> None:
    """Each check of the rubric has a title, read from its docstring."""
    titles = pytest_plugin.titles()
    assert titles.keys() == {row.name for row in rubric.RUBRIC}
    assert titles["starts"] == "The server binds its port and keeps running."


def test_neither_reference_nor_lab4_is_imported() -> None:
    """Importing the plugin brings nothing of the reference or of what students fill in."""
    source = (
        "import sys, grader.grading.pytest_plugin\n"
        "print({'lab4', 'reference'} & sys.modules.keys())"
    )
    assert worlds.python("-c", source).stdout == "set()\n"
