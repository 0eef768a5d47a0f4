"""Which kind of networks this machine has."""

from __future__ import annotations

from grader.fact import Fact, MachineError, fact
from grader.sandbox.free_port import FreePorts
from grader.sandbox.network import Networks
from grader.sandbox.network_namespace import Namespaces


def best(*, portable: bool = False) -> tuple[Networks, Fact | None]:
    """What makes the best networks available here, and what was missing for better ones.

    ``portable`` asks for what every system has.
    """
    if portable:
        return FreePorts(), fact("free-port-asked")
    try:
        return Namespaces(), None
    except MachineError as error:
        return FreePorts(), fact("no-network-namespaces", reason=error.fact)
    except OSError as error:
        return FreePorts(), fact("no-network-namespaces", reason=str(error))
