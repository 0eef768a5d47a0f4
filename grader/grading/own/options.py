"""From the options to a request to grade a chat of its own protocol."""

from __future__ import annotations

import argparse
import random
from pathlib import Path

from grader.assignment import modes
from grader.assignment.variants import Role
from grader.chat.own import written
from grader.fact import FactError, fact
from grader.grading import only
from grader.grading.options import chosen_variants, level_of, resolved, usual_folder, usual_jobs
from grader.grading.request import Request
from grader.submission import intake
from grader.submission.intake import MAX_NAMED
from grader.submission.own import pair
from grader.submission.own.pair import Pairs


def own_request(options: argparse.Namespace) -> Request:
    """The same for a chat of its own protocol, whose files may be called anything."""
    found = _pairs(options)
    wanted = [one for one in chosen_variants(options.variant) if one in found.pairs]
    if not wanted:
        raise FactError(fact("own-nothing", path=_label(options)))
    return Request(
        label=_label(options),
        variants=tuple(variant.name for variant in wanted),
        seed=random.SystemRandom().randrange(10**6) if options.seed is None else options.seed,
        submission="" if options.server else str(found.folder.resolve()),
        server=resolved(options.server),
        client=resolved(options.client),
        checks=only.chosen(options.only, wanted, modes.OWN),
        first=frozenset(),
        portable=options.portable,
        sandbox=level_of(options),
        jobs=options.jobs or usual_jobs(),
        mode=modes.OWN,
        dialect=_dialect(options.dialect),
        notes=found.notes,
    )


def _dialect(path: str | None) -> str:
    """What a person knows of the chat. Raises FactError for what cannot be read."""
    if not path:
        return ""
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FactError(fact("path-unreadable", path=path, reason=reason)) from None
    written.read(text)
    return text


def _label(options: argparse.Namespace) -> str:
    files = [text for text in (options.server, options.client) if text]
    return " ".join(files) or str(options.path or usual_folder())


def _pairs(options: argparse.Namespace) -> Pairs:
    """What is to be graded. Raises FactError for what does not go together, or is not there."""
    if not (options.server or options.client):
        folder = Path(options.path) if options.path else usual_folder()
        if not folder.is_dir():
            raise FactError(fact("own-no-folder", path=str(folder)))
        if several := pair.several(folder):
            names = tuple(str(path.relative_to(folder)) for path in several[:MAX_NAMED])
            more = ("...",) * (len(several) > MAX_NAMED)
            raise FactError(fact("several-folders", path=str(folder), folders=names + more))
        return pair.in_folder(folder)
    if options.path:
        raise FactError(fact("path-or-files"))
    files = [Path(text) for text in (options.server, options.client) if text]
    if len(files) < len(Role) or files[0].parent.resolve() != files[1].parent.resolve():
        raise FactError(fact("own-both-files"))
    for path in files:
        if trouble := intake.unreadable(path):
            raise FactError(fact("not-gradable", path=str(path), trouble=trouble))
    return pair.named(*files)
