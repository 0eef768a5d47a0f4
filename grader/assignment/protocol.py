"""The wire protocol: its six messages, made and recognised, and how each is framed.

====================== =================================== =====================================
step                   from → to                           text
====================== =================================== =====================================
name request           server → newcomer, on connect (TCP) ``name``
name                   newcomer → server                   ``alice``
join notice            server → everyone else              ``alice joined!``
welcome                server → newcomer                   the two lines of ``WELCOME``
message                client → server → everyone else     ``alice: hello``
leave notice           client → server → everyone else     ``*alice left*``
====================== =================================== =====================================
"""

from __future__ import annotations

import re
from enum import Enum

NAME_REQUEST = "name"
WELCOME = (
    "You are connected!",
    "To terminate the connection to the server, enter leave",
)

_JOINED = " joined!"
_SEPARATOR = ": "
_LEAVE_NOTICE = re.compile(r"\*.+ left\*")


class Framing(Enum):
    """Where a message ends on the wire."""

    LINES = "lines"  # at a newline
    DATAGRAMS = "datagrams"  # where its datagram ends
    RAW = "raw"  # nowhere: TCP text of a program that takes a recv for a message

    @property
    def end(self) -> bytes:
        """The bytes after each message."""
        return b"\n" if self is Framing.LINES else b""

    def encode(self, *messages: str) -> bytes:
        """These messages on the wire, one after the other."""
        return b"".join(message.encode() + self.end for message in messages)


def name_reply(name: str) -> str:
    """``alice``: the answer to the name request."""
    return name


def joined(name: str) -> str:
    """``alice joined!``: the join notice."""
    return f"{name}{_JOINED}"


def message(name: str, text: str) -> str:
    """``alice: hello``: something that a user says."""
    return f"{name}{_SEPARATOR}{text}"


def left(name: str) -> str:
    """``*alice left*``: the leave notice."""
    return f"*{name} left*"


def is_join_notice(line: str) -> bool:
    """Whether this is a join notice."""
    return len(line) > len(_JOINED) and line.endswith(_JOINED)


def is_leave_notice(line: str) -> bool:
    """Whether this is a leave notice."""
    return _LEAVE_NOTICE.fullmatch(line) is not None


def about(notice: str) -> str:
    """Who is said to have joined or left; of other lines nothing."""
    if is_join_notice(notice):
        return notice.removesuffix(_JOINED)
    return notice[1 : -len(" left*")] if is_leave_notice(notice) else ""


def has_leave_notice(text: str) -> bool:
    """Whether a leave notice stands anywhere in this text."""
    return _LEAVE_NOTICE.search(text) is not None


def speaker_of(line: str) -> str:
    """The speaker of this message: the text before the first colon and blank, or nothing."""
    return line.partition(_SEPARATOR)[0] if _SEPARATOR in line else ""


def text_of(line: str) -> str:
    """The text of this message, after its speaker; nothing for other lines."""
    return line.partition(_SEPARATOR)[2]
