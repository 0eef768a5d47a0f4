"""A dialect as a TOML text, which a person can read and change: what stands there counts."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import msgspec.toml

from grader.chat.own.dialect import Identity, OwnDialect, Way
from grader.fact import FactError, fact

SECTIONS: Mapping[str, Mapping[str, type]] = {
    "server": {"arguments": list},
    "client": {"arguments": list},
    "names": {"from": str},
    "leave": {"by": str, "word": str},
    "answers": {},  # whatever is asked
}


def text(dialect: OwnDialect) -> str:
    """The dialect as it was learnt."""
    quoted: Callable[[Any], str] = json.dumps  # its texts and lists are also TOML's
    way = dialect.way or Way.END_OF_FILE
    lines = [
        "# How this chat is driven. Change what is wrong, and grade with --dialect FILE.",
        "[server]",
        f"arguments = {quoted(dialect.server_arguments)}",
        "[client]  # {host}, {port}, {name} and {room} are filled in",
        f"arguments = {quoted(dialect.client_arguments)}",
        f"[names]  # {', '.join(one.value for one in Identity)}",
        f"from = {quoted(dialect.identity.value)}",
        f"[leave]  # {', '.join(one.value for one in Way if one is not Way.KILLED)}",
        f"by = {quoted(way.value)}",
        f"word = {quoted(dialect.word)}",
        "[answers]  # to what a program asks, by a part of the question; {name} is filled in",
    ]
    lines += [f"{quoted(part)} = {quoted(answer)}" for part, answer in dialect.answers]
    return "\n".join(lines) + "\n"


def read(source: str) -> dict[str, dict[str, Any]]:
    """What such a text says. Raises FactError, with what was expected, for any other text."""
    try:
        told: dict[str, dict[str, Any]] = msgspec.toml.decode(source)
    except msgspec.DecodeError as error:
        raise FactError(fact("own-dialect-no-toml", error=str(error))) from None
    for section, values in told.items():
        if section not in SECTIONS or not isinstance(values, dict):
            raise FactError(fact("own-dialect-section", name=section, known=tuple(SECTIONS)))
        for name, value in values.items():
            wanted = SECTIONS[section].get(name, str if section == "answers" else None)
            if wanted is None or not _is(wanted, value):
                raise FactError(fact("own-dialect-value", name=f"{section}.{name}"))
    _one_of(told, "names", "from", [one.value for one in Identity])
    _one_of(told, "leave", "by", [one.value for one in Way if one is not Way.KILLED])
    return told


def _is(wanted: type, value: object) -> bool:
    if isinstance(value, list):
        return wanted is list and all(isinstance(item, str) for item in value)
    return isinstance(value, wanted)


def _one_of(told: Mapping[str, Mapping[str, Any]], section: str, name: str, of: list[str]) -> None:
    value = told.get(section, {}).get(name)
    if value is not None and value not in of:
        raise FactError(fact("own-dialect-choice", name=f"{section}.{name}", known=tuple(of)))


def given(told: Mapping[str, Mapping[str, Any]]) -> OwnDialect:
    """A dialect of which this much is known before anything runs."""
    leave, names = told.get("leave", {}), told.get("names", {})
    return OwnDialect(
        server_arguments=tuple(told.get("server", {}).get("arguments", ())),
        client_arguments=tuple(told.get("client", {}).get("arguments", ())),
        identity=Identity(names.get("from", Identity.NONE.value)),
        is_identity_given="from" in names,
        answers=tuple(told.get("answers", {}).items()),
        way=Way(leave["by"]) if "by" in leave else None,
        word=leave.get("word", ""),
    )
