"""``class -- publish``: the gradebook, filled-in worksheets, and pages to send back."""

from __future__ import annotations

import sys
from argparse import Namespace

from grader import reports
from grader.classroom import arguments, gradebook, overview
from grader.classroom.grading import marking
from grader.classroom.status import loaded
from grader.classroom.store import Store
from grader.cli.exit_status import ExitStatus
from grader.language import _, ngettext

GRADEBOOK = "gradebook.csv"


def run(options: Namespace) -> int:
    """Write everything that is handed on, unless somebody still needs a look."""
    out = arguments.out_folder(options)
    with Store(out) as store:
        known = marking(loaded(store), options)
        made = overview.write(store, known)
        eyes = [row for row in made if row.needs_eyes]
        if eyes and not options.anyway:
            overview.tell(made, out)
            line = ngettext(
                "nothing is published: {count} row needs a look first; --anyway publishes all",
                "nothing is published: {count} rows need a look first; --anyway publishes all",
                len(eyes),
            )
            print(line.format(count=len(eyes)))
            return ExitStatus.BELOW
        text = gradebook.dumps(made, options.separator or "")
        reports.write_whole(out / GRADEBOOK, text.encode())
    print(_("written: {path}").format(path=out / GRADEBOOK))
    sys.stdout.flush()
    return overview.status(made)
