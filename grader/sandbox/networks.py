"""Which kind of networks can be had here."""

from __future__ import annotations

from grader.language import _
from grader.sandbox.free_port import FreePorts
from grader.sandbox.network import Networks
from grader.sandbox.network_namespace import Namespaces


def best(*, portable: bool = False) -> tuple[Networks, str]:
    """What makes the best networks to be had here, and what was missing for better ones.

    ``portable`` asks for what every system has.
    """
    if portable:
        return FreePorts(), _("as asked for: a free port of this machine is used")
    try:
        return Namespaces(), ""
    except OSError as error:
        note = _("no network namespaces ({reason}): a free port of this machine is used")
        return FreePorts(), note.format(reason=error)
