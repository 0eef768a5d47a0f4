"""What a submission may use, and what parents leave of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support import worlds
from support.worlds import needs_linux, needs_posix

from grader.fact import Fact
from grader.sandbox import limits

pytestmark = needs_posix
ANOTHER = 20000  # a user that programs become


@pytest.fixture
def granted(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Lets a parent have set these limits."""
    import resource

    def grant(**allowed: int) -> None:
        named = {getattr(resource, f"RLIMIT_{name}"): most for name, most in allowed.items()}
        unlimited = resource.RLIM_INFINITY
        monkeypatch.setattr(resource, "getrlimit", lambda kind: (1, named.get(kind, unlimited)))

    monkeypatch.setattr(limits, "_left_in_group", lambda: float("inf"))
    return grant


def code(shortage: Fact | None) -> str:
    """The code of what is short; nothing for enough."""
    return shortage.code if shortage else ""


@pytest.mark.parametrize(
    ("allowed", "short"),
    [
        ({}, ""),
        ({"NPROC": 120}, "short-of-processes"),
        ({"NPROC": 4096}, ""),
        ({"NOFILE": 64}, "short-of-files"),
        ({"NOFILE": 256}, ""),
        ({"AS": 500 << 20}, "short-of-memory"),
        ({"DATA": 500 << 20}, "short-of-memory"),
        ({"FSIZE": 1}, ""),
    ],
)
def test_shortage(granted: Callable[..., None], allowed: dict[str, int], short: str) -> None:
    """A hard limit is too low that a check with many users would reach."""
    granted(**allowed)
    assert code(limits.shortage(ANOTHER)) == short


def test_what_the_user_has_counts(
    granted: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where programs stay the grader's user, its threads are taken off."""
    granted(NPROC=1000)
    monkeypatch.setattr(limits, "_threads_of_this_user", lambda: 900)
    assert code(limits.shortage(ANOTHER)) == ""
    found = limits.shortage(0)
    assert found is not None
    assert found.arguments == {"count": 100, "needed": limits.NEEDED["NPROC"]}


def test_threads_of_this_user() -> None:
    """The process that asks is one of them, at least."""
    assert limits._threads_of_this_user() >= 1


@needs_linux
def test_a_control_group_limits_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tightest group around this process tells how many may be had."""
    monkeypatch.setattr(limits, "GROUP", str(tmp_path))
    with open("/proc/self/cgroup", encoding="utf-8") as file:
        found = [line.strip()[3:] for line in file if line.startswith("0::")]
    if not found:
        pytest.skip("needs control groups of version 2")
    folder = tmp_path.joinpath(*Path(found[0]).parts[1:])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pids.max").write_text("100\n")
    (folder / "pids.current").write_text("30\n")
    assert limits._left_in_group() == 70
    (folder / "pids.max").write_text("max\n")
    assert limits._left_in_group() == float("inf")


def test_limits_of_parents_are_undone() -> None:
    """Soft limits are raised as far as they may be; a thread's stack has the usual size."""
    source = (
        "import os, resource, sys\n"
        f"sys.path.insert(0, {str(worlds.ROOT)!r})\n"
        "hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, hard))\n"
        "most = resource.getrlimit(resource.RLIMIT_STACK)[1]\n"
        "resource.setrlimit(resource.RLIMIT_STACK, (1 << 20, most))\n"
        "os.umask(0o077)\n"
        "from grader.sandbox import limits\n"
        "limits.undo_those_of_parents()\n"
        "stack = limits.STACK if most == resource.RLIM_INFINITY else min(most, limits.STACK)\n"
        "print(resource.getrlimit(resource.RLIMIT_FSIZE) == (hard, hard), oct(os.umask(0)),\n"
        "      resource.getrlimit(resource.RLIMIT_STACK) == (stack, most))"
    )
    done = worlds.python("-c", source)
    assert done.stdout == "True 0o22 True\n"
