"""Where a class is graded: on this machine, or on a cluster; and what holds a submission there."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial

from grader.classroom.engine import cluster, run
from grader.classroom.engine.describe import PORTABLE
from grader.fact import FactError, fact
from grader.sandbox import levels


@dataclass(frozen=True)
class Where:
    """A place to grade: what makes its executor, and how many gradings go on there at once."""

    executor: Callable[[], Executor]
    jobs: int


def place(options: Namespace) -> Where:
    """The place that is asked for.

    Raises FactError where it is not there, and where limits alone would hold a hostile submission,
    unless that is wanted.
    """
    if options.portable and options.sandbox:
        raise FactError(fact("portable-or-sandbox"))
    if options.scheduler:
        return _on_cluster(options)
    try:
        box, missing = levels.choose(options.sandbox or "auto", portable=options.portable)
    except levels.Unavailable as error:
        raise FactError(fact("sandbox-refused", reason=error.fact)) from None
    if box.level == "limits" and not options.trust:
        raise FactError(fact("limits-alone", reason=missing or fact("nothing")))
    jobs = options.jobs or max(1, os.cpu_count() or 1)
    return Where(partial(run.local, jobs), jobs)


def _on_cluster(options: Namespace) -> Where:
    wanted = PORTABLE if options.portable else options.sandbox or "auto"
    with cluster.Cluster(options.scheduler) as there:
        level = cluster.level(there.machines(wanted))
        jobs = options.jobs or there.places()
    if level == "limits" and not options.trust:
        raise FactError(fact("limits-alone", reason=fact("nothing")))
    return Where(partial(cluster.Cluster, options.scheduler), jobs)
