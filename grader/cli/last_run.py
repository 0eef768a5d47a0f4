"""What was known of a submission after the last run: the verdict of each of its checks.

It is kept in the user's cache, in a small file for each submission, never beside the submission.
Whatever is wrong with that file, it is as if there were none.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path

import platformdirs

from grader import reports
from grader.assignment import modes
from grader.grading.request import Request
from grader.result.grade import GradeResult
from grader.result.verdict import Verdict

FOLDER = "CHAT_LAB_CACHE"  # the environment variable that names another folder, or none
VERSION = 1
MAX_BYTES = 100_000  # a file longer than this is not ours

KNOWN = dict.fromkeys(id_ for mode in modes.MODES for id_ in modes.check_ids(mode))

Verdicts = Mapping[str, Verdict]  # by the id of the check


def recall(request: Request) -> Verdicts:
    """What is known of the submission; nothing where there is no file, or not a good one."""
    path = _path(request)
    try:
        if path is None or not path.is_file():  # opening a pipe would wait for its other end
            return {}
        with path.open("rb") as file:
            return _checked(json.loads(file.read(MAX_BYTES)))
    except (OSError, ValueError, RecursionError):
        return {}


def remember(request: Request, verdicts: Verdicts) -> None:
    """Keep what is known, if it can be kept."""
    path = _path(request)
    if path is None or recall(request) == verdicts:
        return
    words = {id_: verdict.value for id_, verdict in verdicts.items()}
    data = json.dumps({"version": VERSION, "verdicts": words}, indent=1) + "\n"
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        reports.write_whole(path, data.encode())


def merged(before: Verdicts, result: GradeResult) -> Verdicts:
    """What is known after a run: also of the checks that it left out or that the grader failed in.

    A run that was interrupted adds nothing.
    """
    if result.interrupted:
        return before
    checks = [check for variant in result.variants for check in variant.checks]
    return {**before, **{c.id: c.verdict for c in checks if c.verdict is not Verdict.ERROR}}


def _checked(document: object) -> Verdicts:
    """Only what a run can have left: nothing in the file is believed. Raises ValueError."""
    if not isinstance(document, dict) or document.get("version") != VERSION:
        raise ValueError("version")
    words = document.get("verdicts")
    if not isinstance(words, dict):
        raise ValueError("verdicts")
    verdicts = {id_: Verdict(words[id_]) for id_ in KNOWN if id_ in words}
    if Verdict.ERROR in verdicts.values():
        raise ValueError("verdicts")
    return verdicts


def _path(request: Request) -> Path | None:
    folder = os.environ.get(FOLDER)
    if folder is None:
        with contextlib.suppress(RuntimeError):  # a user without a name has no home either
            folder = platformdirs.user_cache_dir("chat-lab-kit", appauthor=False)
    if not folder:
        return None
    own = () if request.mode == modes.PROTOCOL else (request.mode,)
    paths = "\0".join((request.submission, request.server, request.client, *own))
    return Path(folder) / f"{hashlib.sha256(os.fsencode(paths)).hexdigest()[:32]}.json"
