"""What was handed in, and what is missing."""

from __future__ import annotations

from grader.language import N_

HANDED_IN = {
    "path-unreadable": N_("{path}: cannot be read ({reason})"),
    "no-folder": N_("{path}: no such folder; expected a folder with {files}"),
    "not-a-folder": N_("{path}: not a folder; for single files use --server FILE --client FILE"),
    "nothing-to-grade": N_("{path}: nothing to grade; expected {files}"),
    "not-gradable": N_("{path}: {trouble}; expected a Python file"),
    "role-not-given": N_("no --{role} given: the checks that run it are skipped"),
    "files-lacking": N_("{files}: the checks that run it are skipped"),
    "file-trouble": N_("{file} {trouble}"),
    "is-missing": N_("is missing"),
    "is-no-file": N_("is not a file"),
    "is-link-out": N_("is a link that leads out of the folder"),
    "is-too-large": N_("is larger than {count:,} bytes"),
    "is-unreadable": N_("cannot be read ({reason})"),
}
