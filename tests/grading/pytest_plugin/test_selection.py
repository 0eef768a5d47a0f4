"""Which checks run, in which order."""

from __future__ import annotations

from pathlib import Path

from support import programs
from support.checks import TWO_CHECKS, graded, run_pytest


def test_both_variants_in_the_order_of_the_rubric(tmp_path: Path) -> None:
    """Each check runs once for each variant that has it, variant by variant."""
    submission = programs.write_programs(tmp_path / "submission")
    found, _ = graded(tmp_path, submission, checks=TWO_CHECKS.format("pass"))
    assert list(found.results) == ["tcp.starts", "tcp.handshake", "udp.starts", "udp.handshake"]


def test_order_of_the_file_does_not_matter(tmp_path: Path) -> None:
    """The checks run in the order of the rubric, whatever their order in the files."""
    source = "".join(f"def test_{n}(chat): pass\n" for n in ("storm", "handshake", "starts"))
    submission = programs.write_programs(tmp_path / "submission")
    found, _ = graded(tmp_path, submission, "--variant=udp", checks=source)
    assert list(found.results) == ["udp.starts", "udp.handshake", "udp.storm"]


def test_checks_are_found_by_their_names() -> None:
    """What is called two-users in the list is called so for pytest too."""
    done = run_pytest("grader/checks", "--submission=reference", "-k", "two-users", "--co", "-q")
    assert "test_two_users[tcp]" in done.stdout and "test_two_users[udp]" in done.stdout
    assert "2/" in done.stdout
