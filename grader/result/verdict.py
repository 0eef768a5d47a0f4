"""What is known of a check, and how: the words that every report and program shares."""

from __future__ import annotations

from enum import Enum


class Verdict(str, Enum):
    """What is known of one check after a run."""

    PASS = "PASS"
    FAIL = "FAIL"
    TODO = "TODO"  # the skeleton's NotImplementedError was reached: not written yet
    SKIP = "SKIP"  # a check that this one needs did not pass, or a file is missing
    ERROR = "ERROR"  # the grader's own fault, or the machine's; never the student's


class Evidence(str, Enum):
    """How a verdict is known."""

    SEEN = "seen"  # it arrived
    FENCED = "fenced"  # something sent later arrived, this did not
    END_OF_STREAM = "end-of-stream"  # the connection or process ended without it
    QUIET = "quiet"  # the submission was idle for a while without sending it
    STATIC = "static"  # read in the source


class Reason(str, Enum):
    """Whose fault an ERROR is."""

    GRADER = "grader"  # the grader raised what it should not have raised
    WORKER = "worker"  # a process of the grader ended before its work was done
    MACHINE_BUSY = "machine-busy"  # other programs used the processors
    MACHINE_LIMIT = "machine-limit"  # no more processes, descriptors, memory or room to be had


class EventKind(str, Enum):
    """What happened in a check."""

    STEP = "step"  # what the check does, as a fact
    STARTS = "starts"
    CONNECTS = "connects"
    COMES = "comes"
    SENDS = "sends"
    GETS = "gets"
    SEES = "sees"  # how a connection ends, as a fact
    VANISHES = "vanishes"
    TYPES = "types"
    PRINTS = "prints"
    COMPLAINS = "complains"
    OMITTED = "omitted"  # of very many events the middle is left out, as a fact


class Difference(str, Enum):
    """What is wrong with the message that a failure is about."""

    MISSING = "missing"
    UNWANTED = "unwanted"
    DOUBLED = "doubled"
