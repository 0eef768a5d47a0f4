"""What a student reads when a check fails, kept as text beside the tests."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from submissions.mutants import tcp_client, tcp_server, udp_client, udp_server
from support import gradings
from support.worlds import needs_posix

from grader.grading.outcome import explain

GOLDEN = Path(__file__).with_name("golden")
TABLES = {
    "tcp_server.py": tcp_server.MUTANTS,
    "tcp_client.py": tcp_client.MUTANTS,
    "udp_server.py": udp_server.MUTANTS,
    "udp_client.py": udp_client.MUTANTS,
}
EXPLAINED = (
    ("tcp_server.py", "never-listens", "starts"),
    ("tcp_server.py", "asks-otherwise", "handshake"),
    ("tcp_server.py", "no-join-notice", "join-notice"),
    ("tcp_server.py", "echoes-to-sender", "sender-excluded"),
    ("tcp_server.py", "announces-leave-twice", "leave-notice"),
    ("tcp_server.py", "handshake-in-accept-loop", "silent-newcomer"),
    ("tcp_server.py", "select-server", "server-threads"),
    ("tcp_client.py", "input-blocks-receiving", "client-shows"),
    ("tcp_client.py", "leaves-and-stays", "client-leaves"),
    ("tcp_client.py", "other-port", "client-name"),
    ("udp_server.py", "stranger-passed-on", "stranger"),
    ("udp_client.py", "text-without-name", "client-sends"),
)


@needs_posix  # elsewhere nobody tells where the threads stand
@pytest.mark.parametrize(("file", "name", "check"), EXPLAINED)
def test_a_failure_reads_well(file: str, name: str, check: str, tmp_path: Path) -> None:
    """The whole text of a failure is the one that was read and found good."""
    mutant = next(mutant for mutant in TABLES[file] if mutant.name == name)
    folder = gradings.write_submission(tmp_path, {file: mutant.source(file, gradings.REFERENCE)})
    id_ = f"{file[:3]}.{check}"
    text = explain(gradings.verdicts(folder, (id_,))[id_]) + "\n"
    # Ports and error numbers differ from system to system.
    text = re.sub(r"port \d{5}", "port NNNNN", text)
    text = re.sub(r"\[Errno \d+\]", "[Errno N]", text)
    golden = GOLDEN / f"{Path(file).stem}-{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(text, encoding="utf-8", newline="\n")
    assert text == golden.read_text(encoding="utf-8")
