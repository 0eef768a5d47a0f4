"""``class -- FOLDER``: what is graded, when, and with which exit status."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from support.changes import graded
from support.classes import Grader, Run, folder_of, one_failed

from grader.classroom.engine import process
from grader.classroom.engine.task import Outcome, Task
from grader.classroom.publishing import GRADEBOOK
from grader.classroom.store import Store


def class_of(*names: str) -> Path:
    """A folder of what these people handed in; each file has the name in it."""
    wanted = [f"in/{name}/tcp_server.py" for name in names]
    return folder_of(Path(), wanted, lambda name: name.split("/")[1]) / "in"


ONCE = ("--no-steady", "--jobs", "2")


def test_a_class_is_graded(run: Run, grader: Grader) -> None:
    """Everybody once; the page is beside the folder."""
    status, out, err = run(str(class_of("alice", "bob")), *ONCE)
    assert (status, sorted(grader.asked)) == (0, ["alice", "bob"])
    assert "graded: 2" in out and "alice: 100" in err and "bob: 80" in err
    assert "alice" in Path("class/index.html").read_text(encoding="utf-8")


def test_a_second_run_grades_what_is_new(run: Run, grader: Grader) -> None:
    """Or has changed; nothing else."""
    run(str(class_of("alice", "bob")), *ONCE)
    class_of("carol")
    Path("in/bob/tcp_server.py").write_text("bob again")
    grader.asked.clear()
    assert run("in", *ONCE)[0] == 1
    assert sorted(grader.asked) == ["bob again", "carol"]


def test_what_failed_is_played_again(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """With two more seeds; where they disagree, the row says so, and the best counts."""
    asked: list[tuple[str, ...]] = []

    def grade(task: Task) -> Outcome:
        asked.append(task.options.checks)
        return Outcome(graded() if task.options.checks else one_failed())

    monkeypatch.setattr(process, "grade", grade)
    status, _out, _err = run(str(class_of("alice")))
    assert (status, asked) == (0, [(), ("tcp.many-users",), ("tcp.many-users",)])
    page = Path("class/index.html").read_text(encoding="utf-8")
    assert "Unsteady" in page and "100 ~" in page


def test_two_who_handed_in_the_same_are_graded_once(run: Run, grader: Grader) -> None:
    """And both have the mark."""
    class_of("alice", "bob")
    Path("in/bob/tcp_server.py").write_text("alice")
    _status, out, _err = run("in", *ONCE)
    assert grader.asked == ["alice"] and "graded: 2" in out


@pytest.mark.parametrize(
    ("again", "asked"),
    [("errors", ["carol"]), ("all", ["alice", "bob", "carol"]), ("alice", ["alice"])],
)
def test_again(again: str, asked: list[str], run: Run, grader: Grader) -> None:
    """What is asked for is graded although it was."""
    run(str(class_of("alice", "bob", "carol")), *ONCE)
    grader.asked.clear()
    grader.found = {}
    run("in", *ONCE, "--again", again)
    assert sorted(grader.asked) == asked


def test_somebody_who_is_not_there_is_told(run: Run, grader: Grader) -> None:
    """With status 2, and nothing is graded."""
    status, _out, err = run(str(class_of("alice")), "--again", "dave")
    assert (status, grader.asked) == (2, [])
    assert err.startswith("grader: dave: nobody")


def test_an_error_needs_a_look(run: Run, grader: Grader) -> None:
    """Status 1 while others are graded, 3 where nobody is."""
    status, out, _err = run(str(class_of("alice", "carol")), *ONCE)
    assert status == 1
    assert "it broke" in out
    assert run("in", "--out", "other", *ONCE)[0] == 1
    folder = folder_of(Path("x"), ["carol/tcp_server.py"], lambda _: "carol")
    assert run(str(folder), "--out", "third", *ONCE)[0] == 3


def test_an_interrupted_run_goes_on(
    run: Run, grader: Grader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was graded is stored; the next run grades the rest."""
    keep, kept = Store.keep, []

    def then_interrupt(store: Store, one: object) -> None:
        keep(store, one)  # type: ignore[arg-type]
        kept.append(one)
        raise KeyboardInterrupt

    monkeypatch.setattr(Store, "keep", then_interrupt)
    status, out, _err = run(str(class_of("alice", "bob", "carol")), "--no-steady", "--jobs", "1")
    assert (status, len(kept)) == (130, 1)
    assert "not graded yet: 2" in out
    monkeypatch.setattr(Store, "keep", keep)
    grader.found = {}
    before = list(grader.asked)
    assert run("in", *ONCE)[0] == 0
    assert "alice" not in grader.asked[len(before) :]


def test_two_runs_on_one_class(run: Run, grader: Grader) -> None:
    """The second says so and ends."""
    class_of("alice")
    with Store(Path("class")):
        status, _out, err = run("in", *ONCE)
    assert (status, grader.asked) == (3, []) and "another run" in err


def test_a_seed_is_drawn_once(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each run of a class plays the same names and texts."""
    seeds: list[int] = []

    def grade(task: Task) -> Outcome:
        seeds.append(task.options.seed)
        return Outcome(graded())

    monkeypatch.setattr(process, "grade", grade)
    run(str(class_of("alice")), *ONCE)
    run("in", *ONCE, "--again", "all")
    assert len(seeds) == 2 and len(set(seeds)) == 1


def test_a_roster_names_people(run: Run, grader: Grader) -> None:
    """Once; later runs know it."""
    Path("list.csv").write_text("id,name,group\nalice,Alice Smith,A\ndave,Dave,B\n")
    run(str(class_of("alice")), *ONCE, "--roster", "list.csv")
    _status, out, _err = run("in", *ONCE)
    assert "absent: 1" in out
    assert "Alice Smith" in run("status")[1]


def test_an_anonymous_class(run: Run, grader: Grader) -> None:
    """No name is in its folder; what is published has the names again."""
    Path("list.csv").write_text("id,name,group\n7,Alice Smith,A\n8,Dave,B\n")
    folder_of(Path("in"), ["Alice Smith_7_assignsubmission_file/tcp_server.py"], lambda _: "x")
    run("in", *ONCE, "--roster", "list.csv", "--anonymous")
    files_ = [path for path in Path("class").rglob("*") if path.is_file()]
    assert not [path for path in files_ if b"Alice" in path.read_bytes()]
    assert "Alice Smith" in Path("class-names.csv").read_text(encoding="utf-8")
    assert run("publish")[0] == 0
    assert "7,Alice Smith,A" in Path("class", GRADEBOOK).read_text(encoding="utf-8-sig")
    with zipfile.ZipFile("class/feedback.zip") as archive:
        assert archive.namelist() == ["Alice Smith_7_assignsubmission_file/feedback.html"]
