"""What was handed in, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping

from grader.language import N_, NP_, Sentence

HANDED_IN: Mapping[str, Sentence] = {
    "path-unreadable": N_("{path}: cannot be read ({reason})"),
    "no-folder": N_("{path}: no such folder; expected a folder with {files}"),
    "not-a-folder": N_("{path}: not a folder; for single files use --server FILE --client FILE"),
    "nothing-to-grade": N_("{path}: nothing to grade; expected {files}"),
    "nothing-gradable": N_("{path}: nothing to grade; {files}"),
    "others-to-grade": N_(
        "{path}: nothing to grade; expected {files}, got {there}; "
        "rename them, or: {command} {arguments}"
    ),
    "several-folders": N_(
        "{path}: expected the files to grade in one folder, got {folders}; name one of these"
    ),
    "not-gradable": N_("{path}: {trouble}; expected a Python file"),
    "role-not-given": N_("no --{role} given: the checks that run it are skipped"),
    "files-lacking": N_("{files}: the checks that run it are skipped"),
    "files-left-behind": NP_(
        "{count} file beside the programs is too much or too large: it is not there when they run",
        "{count} files beside the programs are too many or too large: "
        "they are not there when they run",
    ),
    "speaks-aside": N_(
        "{file} shows messages on standard error: they count, but standard output is their place"
    ),
    "file-trouble": N_("{file} {trouble}"),
    "is-missing": N_("is missing"),
    "is-called-otherwise": N_("is missing (is {there} meant?)"),
    "is-empty": N_("is empty"),
    "is-no-file": N_("is not a file"),
    "is-link-out": N_("is a link that leads out of the folder"),
    "is-too-large": N_("is larger than {count:,} bytes"),
    "is-unreadable": N_("cannot be read ({reason})"),
}
