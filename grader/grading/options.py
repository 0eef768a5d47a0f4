"""The options that say what is graded, for both command lines, and the request that they make.

``python -m grader`` has more options, for what it shows. ``python -m pytest grader/checks`` has
these alone, beside pytest's own.
"""

from __future__ import annotations

import argparse
import os
import random
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from grader import language
from grader.assignment import modes, variants
from grader.assignment.variants import TCP, UDP, Variant
from grader.fact import FactError, fact
from grader.grading import only
from grader.grading.request import Request
from grader.language import N_, _
from grader.sandbox import LEVELS
from grader.submission import intake

ALL = "all"  # variants
MOST_JOBS = 64
JOBS_EACH = 4  # for each processor
FOLDER = "lab4"  # graded where nothing is named
FOLDER_HELP = N_("folder to grade (default: lab4)")


def language_code(text: str) -> str:
    """One of the languages. Raises ArgumentTypeError, as argparse wants it of a type."""
    if text not in language.LANGUAGES:
        line = _("{text}: expected one of {languages}")
        languages = ", ".join(language.LANGUAGES)
        raise argparse.ArgumentTypeError(line.format(text=text, languages=languages))
    return text


def number_of_jobs(text: str) -> int:
    """How many chats are played side by side. Raises ArgumentTypeError, as argparse wants it."""
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text) <= MOST_JOBS:
        line = _("{text}: expected a number from 1 to {most}")
        raise argparse.ArgumentTypeError(line.format(text=text, most=MOST_JOBS))
    return int(text)


def usual_jobs() -> int:
    """By the processors that this process may use: waiting for a program costs none."""
    affinity = getattr(os, "sched_getaffinity", None)
    count = len(affinity(0)) if affinity else os.cpu_count() or 1
    return min(JOBS_EACH * count, MOST_JOBS)


# By name, the arguments of add_argument; help is put into words when it is asked for.
OPTIONS: Mapping[str, Mapping[str, Any]] = {
    "--server": {"metavar": N_("FILE"), "help": N_("grade this server instead of a folder")},
    "--client": {"metavar": N_("FILE"), "help": N_("grade this client instead of a folder")},
    "--mode": {
        "choices": modes.MODES,
        "default": modes.PROTOCOL,
        "help": N_("by the kit's protocol (the default), or by what users of the chat see"),
    },
    "--dialect": {
        "metavar": "FILE",
        "help": N_("how a chat of its own protocol is driven, as a TOML file"),
    },
    "--variant": {
        "choices": (*variants.NAMES, ALL),
        "help": N_("what to grade (default: all)"),
    },
    "--only": {
        "nargs": "+",
        "default": [],
        "metavar": N_("CHECK"),
        "help": N_("run only these checks"),
    },
    "--task": {
        "type": int,
        "metavar": "N",
        "help": N_("run only the checks of this task"),
    },
    "--seed": {
        "type": int,
        "metavar": "N",
        "help": N_("replay a run with the same names and texts"),
    },
    "--jobs": {
        "type": number_of_jobs,
        "metavar": "N",
        "help": N_("play so many chats side by side (default: by the number of processors)"),
    },
    "--sandbox": {"choices": LEVELS, "help": N_("use this sandbox and no other")},
    "--portable": {"action": "store_true", "help": N_("use only what every system has")},
    "--lang": {
        "type": language_code,
        "metavar": "LANG",
        "help": N_("language of all texts: en or ru (default: %(default)s)"),
    },
}


def add_to(add: Callable[..., object], lang: str, names: Iterable[str] = OPTIONS) -> None:
    """Add the options of these names by ``add``, add_argument of argparse or addoption of pytest.

    ``lang`` is the language where none is asked for. The folder to grade is a positional argument
    for argparse and an option for pytest: the caller adds it, as ``path``.
    """
    for name in names:
        settings = dict(OPTIONS[name])
        help_ = settings.pop("help")
        if "metavar" in settings:
            settings["metavar"] = _(settings["metavar"])
        if name == "--lang":
            settings["default"] = lang
        add(name, help=_(help_), **settings)


def chosen_variants(name: str | None) -> tuple[Variant, ...]:
    """The variants that an option asks for; all of them where it is not given."""
    return variants.VARIANTS if name in (None, ALL) else (variants.variant(str(name)),)


def request_of(options: argparse.Namespace) -> Request:
    """What is to be graded. Raises FactError for what does not go together, or is not there."""
    if options.mode == modes.OWN:
        from grader.grading.own.options import own_request  # it takes its time, and needs this

        return own_request(options)
    wanted = chosen_variants(options.variant)
    single = options.server or options.client
    if single:
        if options.path:
            raise FactError(fact("path-or-files"))
        if options.variant == ALL:
            raise FactError(fact("files-of-one-variant"))
        wanted = wanted if options.variant else (_variant_of(single),)
        submission = intake.from_files(wanted[0], _path(options.server), _path(options.client))
    else:
        folder = Path(options.path) if options.path else usual_folder()
        submission = intake.in_folder(folder, wanted)
    return Request(
        label=submission.label,
        variants=tuple(variant.name for variant in wanted),
        seed=random.SystemRandom().randrange(10**6) if options.seed is None else options.seed,
        submission=str(submission.folder.resolve()) if submission.folder else "",
        server=resolved(options.server),
        client=resolved(options.client),
        checks=only.asked_for(options.only, options.task, wanted),
        first=frozenset(),
        jobs=options.jobs or usual_jobs(),
        portable=options.portable,
        sandbox=level_of(options),
        mode=modes.PROTOCOL,
        dialect="",
        notes=submission.notes,
    )


def usual_folder() -> Path:
    """The folder that is graded where none is named: ``lab4`` here, else that of the kit."""
    of_kit = Path(__file__).resolve().parents[2] / FOLDER
    if Path(FOLDER).is_dir() or not of_kit.is_dir():
        return Path(FOLDER)
    try:
        return Path(os.path.relpath(of_kit))
    except ValueError:  # on another drive
        return of_kit


def level_of(options: argparse.Namespace) -> str:
    """The sandbox that is asked for. Raises FactError where it cannot be had."""
    if options.sandbox is None:
        return "auto"
    if options.portable:
        raise FactError(fact("portable-or-sandbox"))
    from grader.sandbox import levels  # it takes long, and only this option needs it here

    try:
        levels.choose(options.sandbox)
    except levels.Unavailable as error:
        raise FactError(fact("sandbox-refused", reason=error.fact)) from None
    return str(options.sandbox)


def _path(text: str | None) -> Path | None:
    return Path(text) if text else None


def resolved(text: str | None) -> str:
    """A path from the root, or nothing."""
    return str(Path(text).resolve()) if text else ""


def _variant_of(path: str) -> Variant:
    """The variant that the file's name says; TCP if it says none."""
    return UDP if UDP.name in Path(path).name.lower() else TCP
