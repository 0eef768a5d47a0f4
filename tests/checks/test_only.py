"""A check that is graded alone has the verdict that it has among all others."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from support import gradings, programs
from support.programs import changed

from grader.assignment import rubric
from grader.assignment.check_ids import check_id
from grader.assignment.variants import TCP
from grader.result.check import CheckResult

SERVER = programs.TCP_SERVER
RELAY = "            relay(data, name)\n"
ACCEPT = "    threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()\n"
SPIN = "threading.Thread(target=lambda: [0 for _ in iter(int, 1)], daemon=True).start()\n"
BARE = "assert next(lines) == b'name'\n"
FAULTY = {
    "echoes-to-sender": {
        "tcp_server": changed(SERVER, "if name != sender:", "if name != sender or b': ' in data:")
    },
    "lets-two-in-and-greets-nobody": {
        "tcp_server": changed(
            changed(SERVER, 'b"You are connected!"', 'b"hi"'),
            f"while True:\n{ACCEPT}",
            f"for _one in range(2):\n{ACCEPT}threading.Event().wait()\n",
        )
    },
    "never-rests-and-wants-the-bare-request": {
        "tcp_server": changed(SERVER, "listener = socket", f"{SPIN}listener = socket"),
        "tcp_client": changed(programs.raw(programs.TCP_CLIENT), "next(lines)\n", BARE),
    },
}
CORE = tuple(row.name for row in rubric.rows(TCP) if not row.star)
# The checks that are graded together, and those of them that are graded alone. A server that
# never rests makes a whole grading long.
GRADED = {
    "echoes-to-sender": (CORE, ("two-users", "sender-excluded", "end-to-end")),
    "lets-two-in-and-greets-nobody": (CORE, ("join-notice", "many-users", "survives-leave")),
    "never-rests-and-wants-the-bare-request": (
        ("starts", "two-users", "client-shows", "client-leaves"),
        ("two-users", "client-leaves"),
    ),
}


def told(check: CheckResult) -> tuple[object, ...]:
    """What a student reads of a check."""
    return check.verdict, check.message, check.expected, check.got, check.point


def ids(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(check_id(TCP.name, name) for name in names)


@pytest.mark.parametrize("fault", FAULTY)
def test_alone_as_among_others(fault: str, tmp_path: Path) -> None:
    """With the same seed the same is told of a check, whatever is graded beside it."""
    together, alone = map(ids, GRADED[fault])
    folder = programs.write_programs(tmp_path / "submission", **FAULTY[fault])
    whole = gradings.verdicts(folder, together)
    for id_ in alone:
        (check,) = gradings.verdicts(folder, (id_,)).values()
        assert told(check) == told(whole[id_])
