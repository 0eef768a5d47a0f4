"""What is known of a check, and how: the words that every report and program shares."""

from __future__ import annotations

from enum import Enum


class Verdict(str, Enum):
    """What is known of one check after a run.

    TODO: it is not written yet, the skeleton's NotImplementedError was reached. SKIP: a check that
    it needs did not pass, or a file is missing. OPEN: it cannot be told, in a chat of its own
    protocol; the points are for a person to give. ERROR: the grader's own fault, or the machine's;
    never the student's.
    """

    PASS = "PASS"
    FAIL = "FAIL"
    TODO = "TODO"
    SKIP = "SKIP"
    OPEN = "OPEN"
    ERROR = "ERROR"


class Evidence(str, Enum):
    """How a verdict is known.

    seen: it arrived. fenced: something sent later arrived, this did not. end-of-stream: the
    connection or process ended without it. quiet: the submission was idle for a while without
    sending it. static: it was read in the source. runtime: the running program's own record of who
    started its threads says so.
    """

    SEEN = "seen"
    FENCED = "fenced"
    END_OF_STREAM = "end-of-stream"
    QUIET = "quiet"
    STATIC = "static"
    RUNTIME = "runtime"


class Reason(str, Enum):
    """Whose fault an ERROR is.

    grader: it raised an unexpected exception. worker: a process of the grader ended before
    its work was done. machine-busy: other programs used the processors. machine-limit: the
    machine had no more processes, descriptors, memory or disk space.
    """

    GRADER = "grader"
    WORKER = "worker"
    MACHINE_BUSY = "machine-busy"
    MACHINE_LIMIT = "machine-limit"


class EventKind(str, Enum):
    """What happened in a check.

    step: what the check does, as a fact. sees: how a connection ends, as a fact. runs: somebody's
    thread in the server runs a line, as a fact. omitted: of very many events the middle is left
    out, as a fact.
    """

    STEP = "step"
    STARTS = "starts"
    CONNECTS = "connects"
    COMES = "comes"
    SENDS = "sends"
    GETS = "gets"
    SEES = "sees"
    VANISHES = "vanishes"
    TYPES = "types"
    PRINTS = "prints"
    COMPLAINS = "complains"
    RUNS = "runs"
    OMITTED = "omitted"


class Difference(str, Enum):
    """What is wrong with the message that a failure is about."""

    MISSING = "missing"
    UNWANTED = "unwanted"
    DOUBLED = "doubled"
