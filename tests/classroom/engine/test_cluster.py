"""A class on a Dask cluster: the same calls, other machines, and workers that are lost."""

from __future__ import annotations

import os
import signal
import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.classes import OPTIONS

from grader.classroom.engine import cluster, places, run
from grader.classroom.engine.cluster import Cluster, level
from grader.classroom.engine.describe import Machine, python
from grader.classroom.engine.task import Task
from grader.classroom.keys import fingerprint
from grader.fact import FactError

distributed = pytest.importorskip("distributed")
dask = pytest.importorskip("dask")
pytestmark = pytest.mark.filterwarnings("default")  # of packages that are not ours

HERE = Machine(fingerprint(), python(), "namespaces")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A scheduler with two workers, each a process."""
    few = {"distributed.scheduler.allowed-failures": 1}  # each takes seconds
    with (
        dask.config.set(few),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as made,
    ):
        yield made.scheduler_address


class Silence:
    """Nobody is told."""

    def began(self, digest: str) -> None:
        """A grading is under way."""

    def glance(self) -> None:
        """Some time has gone by."""


def test_tasks_travel(address: str) -> None:
    """Files and outcomes too; a worker with another grader says so, and harms nobody."""
    due: list[Any] = [(n, lambda n=n: Task(n, {"a": b"x"}, OPTIONS, "another")) for n in "ab"]
    with Cluster(address) as executor:
        found = dict(run.outcomes(due, executor, 2, Silence()))
    assert found.keys() == {"a", "b"}
    assert all("another grader" in outcome.failure for outcome in found.values())


def test_the_workers_are_asked_what_they_grade_with(address: str) -> None:
    """Before anything is graded."""
    with Cluster(address) as executor:
        executor._client.wait_for_workers(2, timeout=60)  # one may have just been lost
        machines = executor.machines("auto")
        assert len(machines) == executor.places() == 2
    assert level(machines) in ("namespaces", "user", "limits")
    assert {machine.grader for machine in machines.values()} == {fingerprint()}


@pytest.mark.parametrize(
    ("other", "what"),
    [
        (Machine("another", python(), "namespaces"), "grader"),
        (Machine(fingerprint(), "3.9", "namespaces"), "python"),
        (Machine(fingerprint(), python(), "limits"), "level"),
    ],
)
def test_a_worker_that_differs_is_refused(other: Machine, what: str) -> None:
    """Its verdicts would not be those of the others."""
    with pytest.raises(FactError) as told:
        level({"tcp://a": HERE, "tcp://b": HERE, "tcp://c": other})
    assert (told.value.fact.arguments["address"], told.value.fact.arguments["what"]) == (
        "tcp://c",
        what,
    )


@pytest.mark.parametrize("machines", [{}, {"tcp://a": Machine(fingerprint(), python(), "")}])
def test_nobody_who_could_grade_is_told(machines: dict[str, Machine]) -> None:
    """No worker, or none with the sandbox that is asked for."""
    with pytest.raises(FactError):
        level(machines)


def test_a_scheduler_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """In one line."""
    monkeypatch.setattr(cluster, "TIMEOUT", 0.5)
    options = Namespace(portable=False, sandbox=None, scheduler="tcp://127.0.0.1:1", jobs=None)
    with pytest.raises(FactError) as told:
        places.place(options)
    assert told.value.fact.code == "no-cluster"


def test_without_the_package_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The kit itself does not bring it."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(FactError) as told:
        Cluster("tcp://127.0.0.1:1")
    assert told.value.fact.code == "no-dask"


def die_once(marker: str) -> int:
    """End the worker that this runs on, the first time; then say which one it is."""
    path = Path(marker)
    if not path.exists():
        path.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return os.getpid()


def die() -> None:
    """End every worker that this runs on."""
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.skipif(sys.platform == "win32", reason="nothing is killed so there")
def test_a_lost_worker_is_no_loss(address: str, tmp_path: Path) -> None:
    """What it had in hand is done by another one, and what kills each of them is one failure."""
    with Cluster(address) as executor:
        assert executor.submit(die_once, str(tmp_path / "marker")).result(60) > 0
        with pytest.raises(Exception, match="die"):
            executor.submit(die).result(120)
        assert executor.submit(os.getpid).result(60) > 0
