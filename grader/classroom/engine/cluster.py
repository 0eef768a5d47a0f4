"""A Dask cluster as an executor: a thin adapter, and no more.

Whoever reaches a scheduler can run code on all its workers. Without TLS there is nothing in
between: let it listen on a private network only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future
from importlib import import_module
from typing import Any, TypeVar

import msgspec

from grader.classroom.engine import describe
from grader.classroom.engine.describe import Machine
from grader.classroom.keys import fingerprint
from grader.fact import FactError, fact

TIMEOUT = 20  # seconds to reach the scheduler
RETRIES = 2  # of a grading whose worker was lost
Result = TypeVar("Result")


class Cluster(Executor):
    """The cluster at an address. Raises FactError where none can be reached."""

    def __init__(self, address: str) -> None:
        try:
            distributed: Any = import_module("distributed")
        except ModuleNotFoundError:
            raise FactError(fact("no-dask", package="distributed")) from None
        try:
            self._client = distributed.Client(address, timeout=TIMEOUT, set_as_default=False)
        except (OSError, ValueError, TypeError) as error:
            why = fact("no-cluster", address=address, reason=str(error) or type(error).__name__)
            raise FactError(why) from None
        # Each grading is one: what two ask for with the same arguments is not the same.
        self._executor = self._client.get_executor(pure=False, retries=RETRIES)

    def submit(  # type: ignore[override]  # Executor's own has positional arguments alone
        self, fn: Callable[..., Result], *args: Any, **kwargs: Any
    ) -> Future[Result]:
        """Have a worker call a function, which it imports by its name."""
        future: Future[Result] = self._executor.submit(fn, *args, **kwargs)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Wait for what is under way, or cancel it, and leave the cluster."""
        self._executor.shutdown(wait=wait and not cancel_futures)
        self._client.close()

    def places(self) -> int:
        """How many gradings go on at once: the threads of all workers."""
        return max(1, sum(int(threads) for threads in self._client.nthreads().values()))

    def machines(self, wanted: str) -> dict[str, Machine]:
        """What each worker grades with, by its address. Raises FactError where one has no kit."""
        try:
            found = self._client.run(describe.of_this_machine, wanted)
        except Exception as error:  # noqa: BLE001 (whatever it is that a worker lacks)
            why = f"{type(error).__name__}: {error}"
            raise FactError(fact("workers-without-kit", reason=why[:200])) from None
        return {address: msgspec.json.decode(data, type=Machine) for address, data in found.items()}


def level(machines: Mapping[str, Machine]) -> str:
    """The sandbox that all workers have.

    Raises FactError for a worker whose grader, Python or sandbox is another one: its verdicts would
    not be those of the others.
    """
    if not machines:
        raise FactError(fact("no-workers"))
    usual = Counter(machine.level for machine in machines.values()).most_common(1)[0][0]
    wanted = Machine(fingerprint(), describe.python(), usual)
    for address, machine in sorted(machines.items()):
        for name in ("grader", "python", "level"):
            mine, other = getattr(wanted, name), getattr(machine, name)
            if mine != other or not other:
                why = fact("worker-differs", address=address, what=name, got=other, wanted=mine)
                raise FactError(why)
    return usual
