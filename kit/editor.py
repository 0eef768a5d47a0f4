"""The tasks for VS Code in the language of a handout.

``.vscode/tasks.json`` has them in English; what people read of them is what these keys have.
"""

from __future__ import annotations

import json
from typing import Any

from grader.language import N_, _

READ = {"label", "detail", "dependsOn", "group"}
TEXTS = (
    N_("grade"),
    N_("Grade lab4; what failed is listed under Problems, at its line"),
    N_("grade: explain"),
    N_("Grade lab4 and show the score table, with what was expected and what came"),
    N_("grade: watch"),
    N_("Grade lab4 again on each save, until the terminal is closed"),
    N_("Start it before the clients"),
    N_("Side by side in one terminal; start the server first"),
    *(N_("TCP server"), N_("TCP client 1"), N_("TCP client 2"), N_("TCP clients")),
    *(N_("UDP server"), N_("UDP client 1"), N_("UDP client 2"), N_("UDP clients")),
    *(N_("two TCP clients"), N_("two UDP clients")),
)


def translated(tasks: bytes) -> bytes:
    """The file in the language in use; in English as it is."""
    there = json.loads(tasks)
    here = _translated(there, read=False)
    text = f"{json.dumps(here, ensure_ascii=False, indent=2)}\n"
    return tasks if here == there else text.encode()


def _translated(value: Any, *, read: bool) -> Any:
    if isinstance(value, dict):
        return {key: _translated(item, read=key in READ) for key, item in value.items()}
    if isinstance(value, list):
        return [_translated(item, read=read) for item in value]
    return _(value) if read and value in TEXTS else value
