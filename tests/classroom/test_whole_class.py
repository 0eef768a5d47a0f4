"""One class from a zip to a gradebook, with real gradings: the slowest test of a class."""

from __future__ import annotations

import csv
import subprocess
from pathlib import Path

from support import worlds
from support.classes import zipped


def test_two_small_submissions(tmp_path: Path) -> None:
    """The command grades both, names what it cannot grade, and publishes when told to."""
    client = (worlds.ROOT / "reference" / "udp_client.py").read_bytes()
    files = {
        "Ann_1_assignsubmission_file/udp_client.py": client,
        "Bob_2_assignsubmission_file/tcp_client.py": b"raise SystemExit(1)\n",
        "Carol_3_assignsubmission_file/client.py": b"x = 1\n",
    }
    zipped(tmp_path / "moodle.zip", files)

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return worlds.python("-B", "-m", "grader", "class", *words, cwd=worlds.ROOT, timeout=300)

    out = ("--out", str(tmp_path / "class"))
    graded = run(str(tmp_path / "moodle.zip"), *out, "--trust", "--no-steady", "--jobs", "2")
    assert graded.returncode == 1, graded.stderr
    assert "graded: 2" in graded.stdout and "to be graded by hand: 1" in graded.stdout
    assert "/2] Bob: 0" in graded.stderr
    assert run("publish", *out).returncode == 1
    assert run("publish", "--anyway", *out).returncode == 1
    with (tmp_path / "class" / "gradebook.csv").open(encoding="utf-8-sig", newline="") as file:
        found = {line["name"]: line for line in csv.DictReader(file)}
    assert found["Ann"]["udp.client-sends"] == "PASS"
    assert float(found["Ann"]["mark"]) > 0
    assert [found[name]["mark"] for name in ("Bob", "Carol")] == ["0", ""]
