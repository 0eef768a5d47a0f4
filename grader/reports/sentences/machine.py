"""What the machine or the grader could not do, and why a check was not run."""

from __future__ import annotations

from grader.language import N_

MACHINE = {
    # A check that did not run, or is not written.
    "task": N_("task {number}: {title}"),
    "needs": N_("needs {check}, which did not pass"),
    "client-absent": N_("the client does not reach the server: see client-name"),
    "threads-not-shown": N_("this system does not show what threads do"),
    "not-shown": N_("nothing happened that could show it"),
    "server-silent": N_("the server says nothing at all to a newcomer: see handshake"),
    "no-ctrl-c-on-windows": N_("on Windows the grader cannot press Ctrl+C for one program alone"),
    # An ERROR.
    "machine-busy": N_("this machine is too busy to grade"),
    "short-of-processes": N_(
        "this machine allows {count} processes and threads more; with many users it takes {needed}"
    ),
    "short-of-files": N_(
        "this machine allows {count} open files for a process; with many users it takes {needed}"
    ),
    "short-of-memory": N_(
        "this machine allows {count:,} bytes for a process; with many users it takes {needed:,}"
    ),
    "raised": "{error}: {text}",
    "worker-ended": N_("the grader's own process ended early: {reason}"),
    "worker-not-started": N_("it could not start: {reason}"),
    "said-nothing": N_("it said nothing"),
    "verbatim": "{text}",
    # The sandbox and the network.
    "no-level": N_("no {level}: {reason}"),
    "linux-alone": N_("only Linux has them"),
    "bubblewrap-missing": N_("bubblewrap is missing (Debian, Ubuntu: apt install bubblewrap)"),
    "bubblewrap-fails": N_("bubblewrap does not work here ({reason})"),
    "root-alone": N_("only root can start processes as another user"),
    "python-out-of-reach": N_("another user cannot run the Python in {folder} ({reason})"),
    "landlock-fails": N_("Landlock does not work here ({reason})"),
    "free-port-asked": N_("as requested: a free port of this machine is used"),
    "no-network-namespaces": N_(
        "no network namespaces ({reason}): a free port of this machine is used"
    ),
    "several-threads": N_("a process with several threads cannot enter a user namespace"),
    "port-taken": N_("port {port}, hard-coded in the submission, stays taken"),
    "no-free-port": N_("none of the ports {ports} is free for the scripted server"),
}
