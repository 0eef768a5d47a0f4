"""Which kind of networks can be had here."""

from __future__ import annotations

from grader.fact import Fact, fact
from grader.sandbox.free_port import FreePorts
from grader.sandbox.network import Networks
from grader.sandbox.network_namespace import Namespaces


def best(*, portable: bool = False) -> tuple[Networks, Fact | None]:
    """What makes the best networks to be had here, and what was missing for better ones.

    ``portable`` asks for what every system has.
    """
    if portable:
        return FreePorts(), fact("free-port-asked")
    try:
        return Namespaces(), None
    except OSError as error:
        note = "no-network-namespaces"
        return FreePorts(), fact(note, reason=str(error))
