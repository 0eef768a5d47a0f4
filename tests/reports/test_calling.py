"""How the grader is called by who reads a report."""

from __future__ import annotations

import os
from pathlib import Path

from grader.reports import calling


def test_the_command_is_right_where_one_stands(tmp_path: Path) -> None:
    """From the kit's folder it is the one of the README, from another one it leads to the kit."""
    kit = Path(calling.__file__).resolve().parents[2]
    python = "py" if os.name == "nt" else "python3"
    assert calling.command_from(str(kit)) == f"{python} noxfile.py -s grade --"
    assert calling.command_from(str(kit / "lab4")).split()[1] == os.path.join("..", "noxfile.py")
    far = calling.command_from(str(tmp_path)).split()[1]
    assert (tmp_path / far).resolve() == kit / "noxfile.py"
