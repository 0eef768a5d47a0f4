"""Races of TCP servers: right answers of several kinds, each with a lock that is missing or split.

They are measured by ``python tests/audit/races.py``, not by every run of the tests: it takes minutes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

REFERENCE = ""  # in place of the name of a correct answer
FILE = "tcp_server.py"


@dataclass(frozen=True)
class Race:
    """One fault, and the functions in one of which a thread has to be held, or to run meanwhile."""

    name: str
    base: str
    functions: tuple[str, ...]
    edits: tuple[tuple[str, str], ...] = ()
    lock: str = ""  # whose with statement becomes "if True:" ...
    number: int = -1  # ... the one of this number in the file; -1 for all of them

    def source(self, reference: Path, correct: Path) -> str:
        """The text of the faulty server. Raises ValueError when an edit does not fit."""
        folder = correct / self.base if self.base else reference
        text = (folder / FILE).read_text(encoding="utf-8")
        for old, new in self.edits:
            if text.count(old) != 1:
                raise ValueError(f"{self.name}: {text.count(old)} times, not once: {old}")
            text = text.replace(old, new)
        return self._unlocked(text) if self.lock else text

    def _unlocked(self, text: str) -> str:
        found = list(re.finditer(rf"with {re.escape(self.lock)}:", text))
        chosen = found if self.number < 0 else [found[self.number]]
        for match in reversed(chosen):
            text = f"{text[: match.start()]}if True:{text[match.end() :]}"
        return text


def _races() -> Iterator[Race]:
    for base, kind in ((REFERENCE, "reference"), ("outbox-and-dispatcher", "dispatcher")):
        yield Race(f"{kind}-no-lock", base, USERS, lock="users_lock")
        for number, function in enumerate(("join", "send_to_others", "leave")):
            name = function.replace("_", "-")
            yield Race(f"{kind}-{name}-unlocked", base, USERS, lock="users_lock", number=number)
        yield Race(f"{kind}-look-then-act", base, USERS, edits=(SPLIT,))
        yield Race(f"{kind}-looks-before-the-lock", base, USERS, edits=(BEFORE,))
        yield Race(f"{kind}-acts-after-the-lock", base, USERS, edits=(AFTER,))
    for number, function in enumerate(("send", "take")):
        yield Race(
            f"reference-{function}-unlocked", REFERENCE, OUTBOX, lock="self.lock", number=number
        )
    yield Race("reference-no-outbox-lock", REFERENCE, OUTBOX, lock="self.lock")
    yield Race("reference-two-notices", REFERENCE, GOING, edits=TWO_NOTICES)
    yield Race("reference-two-notices-locked-apart", REFERENCE, GOING, edits=TWO_LOCKED)
    yield Race(
        "dispatcher-send-unlocked", "outbox-and-dispatcher", OUTBOX, lock="self.lock", number=0
    )
    for number, (lock, name) in enumerate(CLASSES):
        yield Race(
            f"class-{name}-unlocked", "class-for-each-client", PEOPLE, lock=lock, number=number
        )
    yield Race("class-no-lock", "class-for-each-client", PEOPLE, lock="ChatClient.lock")
    yield Race("class-look-then-act", "class-for-each-client", PEOPLE, edits=(CLASS_SPLIT,))
    yield Race("class-removed-by-number", "class-for-each-client", PEOPLE, edits=(BY_NUMBER,))
    yield Race(
        "message-joins-unlocked", "thread-for-each-message", PEOPLE, lock="people_lock", number=2
    )
    yield Race("message-look-then-act", "thread-for-each-message", PEOPLE, edits=(MESSAGE_SPLIT,))
    yield Race("message-live-list", "thread-for-each-message", PEOPLE, edits=LIVE)
    yield Race("queue-joins-unlocked", "queue-for-each-client", READER, lock="guard", number=1)
    yield Race("queue-no-lock", "queue-for-each-client", READER, lock="guard")
    yield Race("broadcaster-joins-unlocked", "broadcaster-thread", PEOPLE, lock="lock", number=2)
    yield Race("files-joins-unlocked", "makefile-and-dict", PEOPLE, lock="lock", number=1)
    yield Race("files-no-lock-live", "makefile-and-dict", PEOPLE, edits=FILES_LIVE, lock="lock")
    yield Race("pool-no-lock", "pool-for-sending", PEOPLE, lock="lock")
    for number, function in enumerate(("tell-others", "join", "leave")):
        yield Race(
            f"pool-{function}-unlocked", "pool-for-sending", PEOPLE, lock="lock", number=number
        )


USERS = ("join", "send_to_others", "leave", "ask_name", "relay", "serve")
OUTBOX = ("send", "take", "send_some", "send_outbox", "send_outboxes")
GOING = ("leave", "send_outbox", "serve", "send_to_others", "relay")
PEOPLE = (
    *("login", "to_others", "run", "talk", "send_to_others", "deliver", "serve", "send_all"),
    *("tell_others", "tell"),
)
READER = ("reader", "post")
CLASSES = (
    ("ChatClient.lock", "tells"),
    ("ChatClient.lock", "joins"),
    ("ChatClient.lock", "leaves"),
)
SPLIT = (
    "            return False\n        user.name = name\n",
    "            return False\n    with users_lock:\n        user.name = name\n",
)
BEFORE = (
    "    with users_lock:\n        if name in users:\n            return False\n",
    "    if name in users:\n        return False\n    with users_lock:\n",
)
AFTER = (
    "            return False\n        user.name = name\n        users[name] = user\n",
    "            return False\n    user.name = name\n    users[name] = user\n    with users_lock:\n",
)
WRITER = (
    "    with contextlib.suppress(OSError):  # the user is gone; read_lines() notices too\n",
    "    with telling(user):\n",
)
TELLING = (
    "def send_outbox(user):\n",
    "@contextlib.contextmanager\ndef telling(user):\n    try:\n        yield\n    except OSError:\n"
    "        leave(user)\n\n\ndef send_outbox(user):\n",
)
LEAVE = "    with users_lock:\n        del users[user.name]\n        send_to_others("
TWO_NOTICES = (
    WRITER,
    TELLING,
    (
        LEAVE,
        "    if user.name in users:\n        users.pop(user.name, None)\n        send_to_others(",
    ),
)
TWO_LOCKED = (
    WRITER,
    TELLING,
    (
        LEAVE,
        "    with users_lock:\n        here = user.name in users\n    if here:\n"
        "        with users_lock:\n            users.pop(user.name, None)\n        send_to_others(",
    ),
)
CLASS_SPLIT = (
    "                if nick and nick not in [c.nick for c in ChatClient.clients]:\n",
    "                free = nick and nick not in [c.nick for c in ChatClient.clients]\n"
    "            with ChatClient.lock:\n                if free:\n",
)
BY_NUMBER = (
    "            with ChatClient.lock:\n                ChatClient.clients.remove(self)\n",
    "            with ChatClient.lock:\n                place = ChatClient.clients.index(self)\n"
    "            with ChatClient.lock:\n                del ChatClient.clients[place]\n",
)
MESSAGE_SPLIT = (
    "                    if text and text not in [person.name_in_chat for person in people]:\n",
    "                    free = text and text not in [person.name_in_chat for person in people]\n"
    "                with people_lock:\n                    if free:\n",
)
LIVE = (
    (
        "            others = [person for person in people if person is not self]\n",
        "            others = people\n",
    ),
    (
        "                person.send(text)\n\n        Thread",
        "                if person is not self:\n"
        "                    person.send(text)\n\n        Thread",
    ),
)
FILES_LIVE = (("in list(users.items()):", "in users.items():"),)
RACES = tuple(_races())
