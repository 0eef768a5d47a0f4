"""What a worker tells of the checks while it runs them: one event a line."""

from __future__ import annotations

import msgspec

from grader.fact import Fact
from grader.result.check import CheckResult
from grader.result.grade import SandboxInfo
from grader.result.own import OwnProtocol


class Planned(msgspec.Struct, frozen=True, tag=True, forbid_unknown_fields=True):
    """What will be run, and where; the first event."""

    titles: dict[str, str]  # by the id of the check
    sandbox: SandboxInfo


class Started(msgspec.Struct, frozen=True, tag=True, forbid_unknown_fields=True):
    """A check begins."""

    id: str


class Finished(msgspec.Struct, frozen=True, tag=True, forbid_unknown_fields=True):
    """A check has its verdict."""

    result: CheckResult


class Learnt(msgspec.Struct, frozen=True, tag=True, forbid_unknown_fields=True):
    """How a chat of its own protocol works, or why it cannot be driven."""

    own: OwnProtocol


class Done(msgspec.Struct, frozen=True, tag=True, forbid_unknown_fields=True):
    """Nothing was left out; the last event."""

    notes: tuple[Fact, ...] = ()  # what is odd about the submission and costs nothing


Event = Planned | Started | Finished | Learnt | Done
