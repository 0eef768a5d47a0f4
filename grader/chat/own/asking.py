"""What a program asks the one at its keyboard, going by what is on the screen."""

from __future__ import annotations

import re
from enum import Enum


class Asks(Enum):
    """What a question is about."""

    NAME = "name"
    HOST = "host"
    PORT = "port"
    ROOM = "room"
    PASSWORD = "password"
    YES = "yes"
    ELSE = "else"  # something that is not understood


def _words(*words: str) -> re.Pattern[str]:
    return re.compile("|".join(words), re.IGNORECASE)


MESSAGE = _words(
    r"\bmessage", r"\bmsg\b", r"\btext\b", r"\bsay\b", r"something", r"сообщени", r"текст",
    r"^\W*(you|me|вы|я)\W*$", "напишите что", r"\bввод\b", r"\binput\b:", r"\bchat\W*$",
    r"\bчат\W*$",
)  # fmt: skip
LEAVING = _words(
    r"\b(exit|quit|leave|bye|stop|close)\b", r"выход", r"выйти", "отключ", "to send", "отправ"
)
KINDS = (
    (Asks.PORT, _words(r"\bport\b", r"\bпорт")),
    (
        Asks.HOST,
        _words(
            r"\bhost", r"\bip\b", r"\baddress", r"server('s)? (name|ip)", r"\bip-?", r"\bхост",
            r"\bадрес", r"\bайпи", r"(имя|адрес|ip) сервера", r"\bserver:", r"\bсервер:",
        ),
    ),
    (Asks.ROOM, _words(r"\broom", r"\bchannel", "комнат", r"\bканал", r"\bchat (name|id)")),
    (Asks.PASSWORD, _words("password", "парол")),
    (
        Asks.NAME,
        _words(
            r"name\b", r"\bnick", r"\blogin", r"\blog in", r"\balias", r"\bhandle", r"\bpseudonym",
            r"who are you", r"\bid\b", r"\bимя", r"\bимен", r"\bник", r"\bлогин", r"\bпсевдоним",
            r"зовут", r"представ", r"кто (вы|ты)", r"call you", r"\buser\b", r"\bпользовател",
        ),
    ),
    (Asks.YES, _words(r"\by/n", r"yes/no", r"\(д/н", r"да/нет")),
)  # fmt: skip
VERB = _words(
    r"^\W*(please\W+)?(enter|input|type|choose|pick|write|provide|specify|what|which|who|your|set)\b",
    r"^\W*(пожалуйста\W+)?(введи|укажи|напиши|выбер|задай|ваш|твой|твоё|как|кто|какой|придума)",
)
ASKING = re.compile(r"[:?>=»)\]-]\s*$")
BUTTON = _words(r"press (enter|any key)", "нажмите")
SHORT = 4  # words of a prompt without a mark at its end
NOBODY = re.compile(r"^\W*$")


def asked(said: str, name: str = "") -> tuple[Asks, str] | None:
    """What is asked at the end of what a program has shown, with the line; None for nothing.

    ``said`` is what came since something was typed last. A prompt for messages asks nothing, nor
    does a line in which the ``name`` stands that one has given already.
    """
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    if not lines:
        return None
    last, unended = lines[-1], not said.endswith("\n")
    if NOBODY.match(last) and len(lines) > 1:  # a bare "> " below the question
        last, unended = lines[-2], False
        if not (VERB.search(last) or ASKING.search(last)):
            return None
    if name and name in last:
        return None
    kind = _kind(last, unended=unended)
    return (kind, last) if kind else None


def _kind(line: str, *, unended: bool) -> Asks | None:
    for kind, pattern in KINDS:
        if pattern.search(line) and (_asks(kind, line) or (unended and _is_short(line))):
            aside = kind in (Asks.ROOM, Asks.HOST) and LEAVING.search(line)
            return None if aside else kind
    if MESSAGE.search(line) or NOBODY.match(line) or not unended:
        return None
    asks = BUTTON.search(line) or re.search(r"[:?]\s*$", line)
    return Asks.ELSE if asks or (VERB.search(line) and ASKING.search(line)) else None


def _asks(kind: Asks, line: str) -> bool:
    """Whether a line that has ended is a question all the same."""
    if LEAVING.search(line) and kind is not Asks.PORT and not line.endswith("?"):
        return False
    return bool(VERB.search(line) or ASKING.search(line))


def _is_short(line: str) -> bool:
    return len(line.split()) <= SHORT


def is_told_to(line: str) -> bool:
    """Whether a line tells somebody to do something: a prompt for messages seldom does."""
    return bool(VERB.search(line) or BUTTON.search(line))
