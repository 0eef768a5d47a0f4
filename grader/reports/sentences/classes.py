"""What goes wrong with a whole class, and what was refused of what was handed in."""

from __future__ import annotations

from collections.abc import Mapping

from grader.language import N_, Sentence

CLASSES: Mapping[str, Sentence] = {
    # the store
    "no-class": N_("{path}: no class is stored here; grade one first: class -- FOLDER"),
    "class-unusable": N_("{path}: the class cannot be stored or read ({reason})"),
    "class-in-use": N_("{path}: another run has this class; wait until it has ended"),
    "class-of-another-version": N_("{path}: stored by another version of the kit"),
    "limits-alone": N_(
        "on this machine only limits hold a hostile submission ({reason}); "
        "--trust grades all the same"
    ),
    # a cluster
    "no-dask": N_("--scheduler needs the package {package}: install it beside the kit's own"),
    "no-cluster": N_("{address}: no Dask scheduler can be reached ({reason})"),
    "no-workers": N_("the cluster has no workers"),
    "workers-without-kit": N_(
        "the workers cannot grade: start them in the folder of the same kit ({reason})"
    ),
    "worker-differs": N_("{address}: expected {what} {wanted} as everywhere, got {got}"),
    "no-check-there": N_("{word}: no such check; grade -- --list shows them all"),
    "several-checks": N_("{word}: expected one check, got {names}"),
    "decision-value": N_("expected a value from 0 to {most}, got {got}"),
    "nobody-called-so": N_("{id}: nobody in this class has this id; status shows them all"),
    # intake
    "no-such-class": N_("{path}: expected a folder, a zip or a tar with what was handed in"),
    "not-opened": N_("{path}: this kind of archive cannot be opened; unpack it first"),
    "one-submission": N_("{path}: this is one submission; grade it with: nox -s grade"),
    "empty-class": N_("{path}: nothing was handed in here"),
    "archive-refused": N_("{file} is not unpacked: {reason}"),
    "archive-damaged": N_("it is damaged ({error})"),
    "archive-unopened": N_("{file}: this kind of archive cannot be opened"),
    "entry-refused": N_("{file} is left out: {reason}"),
    "entry-twice": N_("something of this name is there already"),
    "too-many-entries": N_("it has too many entries"),
    "too-many-bytes": N_("unpacked it is too large"),
    "too-deep": N_("more than {count} archives lie in one another"),
    "is-encrypted": N_("it is encrypted"),
    "is-link": N_("it is a link or a device"),
    "is-absolute": N_("its name is an absolute path"),
    "is-no-name": N_("its name has signs that no file is to have"),
    "leads-out": N_("its name leads out of the folder"),
    "is-larger-than-read": N_("is too large to be read"),
    "several-folders-of-one": N_("the files to grade lie in several folders: {folders}"),
    "none-gradable": N_("nothing to grade: {files}"),
    "called-otherwise": N_("the files have other names: {there}"),
    "no-table": N_("{path}: expected a table as CSV ({reason})"),
    "no-table-rows": N_("{path}: expected a table as CSV, got nothing"),
    "no-roster": N_("{path}: expected a column id, name, email or username, got {headings}"),
    "no-names": N_("{path}: expected the list of names and numbers of this class"),
    # worksheets
    "no-worksheet": N_("{path}: expected a column with ids, got {headings}"),
    "which-column": N_("{path}: which column is meant? name it with --column; there are {names}"),
    "worksheet-skips": N_("{name}: {reason}"),
    "no-mark-yet": N_("there is no mark"),
    "not-in-worksheet": N_("not in the worksheet"),
    "is-locked": N_("the grade cannot be changed there"),
    "is-unchanged": N_("the grade is there already"),
    # marks
    "decided": N_("decided by the teacher ({value}): {reason}"),
    "no-defences": N_("{path}: expected columns id, add and cap, got {headings}"),
    "no-points": N_("{path}: expected points, got {got!r}"),
    "rules-need-python": N_("{path}: rules in TOML need Python 3.11 or newer"),
    "rules-unreadable": N_("{path}: cannot be read as rules ({reason})"),
    "rules-name-unknown": N_("{path}: {name}: no such check or variant"),
    "rules-number": N_("{path}: expected numbers from 0 to 10000"),
    "rules-sum": N_("{path}: the points of {variant} add up to {sum}, expected {wanted}"),
}
