"""Every mutant is found by exactly the checks that its fault explains, and by no others."""

from __future__ import annotations

from pathlib import Path

import pytest
from submissions.mutants import tcp_client, tcp_server, udp_client, udp_server
from submissions.mutants.mutant import WHOLE, Mutant
from support import gradings

from grader.assignment import rubric
from grader.assignment.variants import VARIANTS, Variant
from grader.result.verdict import Verdict

TABLES = {
    "tcp_server.py": tcp_server.MUTANTS,
    "tcp_client.py": tcp_client.MUTANTS,
    "udp_server.py": udp_server.MUTANTS,
    "udp_client.py": udp_client.MUTANTS,
}
ALL = [(file, mutant) for file, table in TABLES.items() for mutant in table]
each_mutant = pytest.mark.parametrize(
    ("file", "mutant"), ALL, ids=[f"{Path(file).stem}-{mutant.name}" for file, mutant in ALL]
)


@each_mutant
def test_a_mutant_is_found(file: str, mutant: Mutant, tmp_path: Path) -> None:
    """Exactly the named checks fail; all others pass, or are skipped for want of those.

    Of the stars only the named ones are run here, the others in the audit.
    """
    folder = gradings.write_submission(tmp_path, {file: mutant.source(file, gradings.REFERENCE)})
    checks = tuple(id_ for id_ in gradings.concerned([file]) if _matters(id_, mutant))
    expected = {
        id_: (Verdict.FAIL,)
        if id_.partition(".")[2] in mutant.fails
        else (Verdict.PASS, Verdict.SKIP)
        for id_ in checks
    }
    wrong = gradings.differences(gradings.verdicts(folder, checks), expected)
    assert not wrong, f"{mutant.name} ({mutant.fault}):\n" + "\n".join(wrong)


def _matters(id_: str, mutant: Mutant) -> bool:
    name = id_.partition(".")[2]
    return name in mutant.fails or not rubric.row(name).star


@each_mutant
def test_a_mutant_fits_the_reference(file: str, mutant: Mutant) -> None:
    """Each text to replace occurs once, and what comes out is another program that compiles."""
    source = mutant.source(file, gradings.REFERENCE)
    assert source != (gradings.REFERENCE / file).read_text(encoding="utf-8")
    compile(source, file, "exec")


@pytest.mark.parametrize("file", TABLES)
def test_mutants_name_checks_of_their_file(file: str) -> None:
    """A mutant has a name of its own, and names at least one check, all of them of its file."""
    names = [mutant.name for mutant in TABLES[file]]
    assert len(set(names)) == len(names)
    known = {id_.partition(".")[2] for id_ in gradings.concerned([file])}
    for mutant in TABLES[file]:
        assert mutant.fails and mutant.fails <= known, mutant.name


@pytest.mark.parametrize("variant", VARIANTS, ids=str)
def test_every_check_has_a_mutant(variant: Variant) -> None:
    """For each check of the rubric there is at least one mutant that it fails."""
    found = {
        check for file, mutant in ALL if file.startswith(variant.name) for check in mutant.fails
    }
    assert {row.name for row in rubric.rows(variant)} - found == set()


def test_no_file_is_forgotten() -> None:
    """Every mutant that is a whole file is in a table."""
    whole = {(path.name, path.parent.name) for path in WHOLE.glob("*/*.py")}
    assert whole == {(file, mutant.base) for file, mutant in ALL if mutant.base}
