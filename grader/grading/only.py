"""What ``--only`` means: ids of checks, their names, several with commas; and what was meant."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence

from grader.assignment import modes
from grader.assignment.check_ids import check_id, name_of
from grader.assignment.variants import Variant
from grader.fact import Fact, FactError, fact

_TASK = re.compile(r"(?:task)?[-_ ]?(\d{1,2})", re.IGNORECASE)
_NEAR = 3  # names are proposed at most


def chosen(
    words: Sequence[str], wanted: Sequence[Variant], mode: str = modes.PROTOCOL
) -> tuple[str, ...]:
    """The ids of the checks that are meant, of these variants. Raises FactError."""
    ids = modes.check_ids(mode, wanted)
    found: list[str] = []
    for word in (part for argument in words for part in argument.split(",") if part):
        meant = [id_ for id_ in ids if word in (id_, name_of(id_))]
        if not meant:
            raise FactError(_unknown(word, wanted, mode))
        found += meant
    if words and not found:
        raise FactError(fact("no-check-named"))
    return tuple(dict.fromkeys(found))


def asked_for(
    words: Sequence[str], task: int | None, wanted: Sequence[Variant]
) -> tuple[str, ...]:
    """The ids that --only or --task means. Raises FactError."""
    if task is None:
        return chosen(words, wanted)
    if words:
        raise FactError(fact("task-or-only"))
    of_task = _of_task(task, wanted, modes.PROTOCOL)
    if not of_task:
        rows = ((v, row) for v in wanted for row in modes.rows(modes.PROTOCOL, v))
        most = max(row.task_of(variant) for variant, row in rows)
        raise FactError(fact("no-such-task", word=task, most=most))
    return of_task


def _unknown(word: str, wanted: Sequence[Variant], mode: str) -> Fact:
    """Why a word names no check: it names a task, is nearly a name, or is nothing."""
    task = _TASK.fullmatch(word)
    of_task = _of_task(int(task[1]), wanted, mode) if task else ()
    if of_task:
        return fact("task-is-no-check", word=word, names=of_task)
    ids = modes.check_ids(mode, wanted)
    names = dict.fromkeys(map(name_of, ids))
    likely = word.lower().replace("_", "-")
    near = difflib.get_close_matches(likely, names if "." not in word else ids, _NEAR)
    if near:
        return fact("no-such-check-but", word=word, names=tuple(near))
    return fact("no-such-check", word=word)


def _of_task(number: int, wanted: Iterable[Variant], mode: str) -> tuple[str, ...]:
    rows = ((variant, row) for variant in wanted for row in modes.rows(mode, variant))
    return tuple(check_id(v.name, r.name) for v, r in rows if r.task_of(v) == number > 0)
