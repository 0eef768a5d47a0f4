"""The tree stays light: what git tracks is what everybody downloads."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# Bytes of all files below a folder, without those of a longer name in this table: the programs
# that the grader is tried on are other people's, and grow in number.
LIMITS = {
    "": 2_150_000,
    "grader/classroom/": 250_000,
    "tests/": 1_600_000,
    "tests/classroom/": 120_000,
    "tests/submissions/": 1_000_000,
}


def tracked(root: Path) -> dict[str, int]:
    """The size of each file that git tracks, by its name. Skips the test where there is none."""
    if shutil.which("git") is None or not (root / ".git").exists():
        pytest.skip("not a git checkout, or no git: what is tracked is not known")
    # Whoever owns the checkout may be somebody else than who runs the tests.
    command = ["git", "-c", f"safe.directory={root}", "-C", str(root), "ls-files", "-z"]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    names = [name for name in done.stdout.decode().split("\0") if name]
    files = {name: root / name for name in names}
    return {name: path.lstat().st_size for name, path in files.items() if path.is_file()}


def complaint(sizes: Mapping[str, int], limit: int) -> str:
    """What is wrong with the sizes, and the largest files; nothing if they are within the limit."""
    whole = sum(sizes.values())
    if whole <= limit:
        return ""
    largest = sorted(sizes.items(), key=lambda item: (-item[1], item[0]))[:10]
    lines = [f"{size:>9,} {name}" for name, size in largest]
    return "\n".join([f"expected at most {limit:,} bytes, got {whole:,}; the largest:", *lines])


@pytest.mark.parametrize("folder", LIMITS)
def test_the_tree_is_light(folder: str) -> None:
    """The kit, its tests and the programs to grade each keep to their limit."""
    sizes = {
        name: size
        for name, size in tracked(ROOT).items()
        if folder == max((start for start in LIMITS if name.startswith(start)), key=len)
    }
    assert sizes and complaint(sizes, LIMITS[folder]) == ""


def test_the_largest_files_are_named() -> None:
    """Whoever made the tree too heavy reads which files to look at, the largest first."""
    assert complaint({"a": 40, "b": 60}, limit=100) == ""
    text = complaint({"a": 40, "b": 61}, limit=100)
    assert text.splitlines() == [
        "expected at most 100 bytes, got 101; the largest:",
        "       61 b",
        "       40 a",
    ]


def test_outside_a_checkout_it_is_not_known(tmp_path: Path) -> None:
    """An unpacked archive has more in it than git would track, so nothing is measured there."""
    with pytest.raises(pytest.skip.Exception, match="not a git checkout"):
        tracked(tmp_path)
