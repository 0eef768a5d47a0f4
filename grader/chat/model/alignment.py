"""One inbox beside what it may hold: each thing that is left over is one finding.

First what came to the letter, then messages that were glued together for want of a newline, then
texts that came altered: the nearest to what is still missing. What is left came unasked, or is
missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from difflib import SequenceMatcher

from grader.assignment import protocol
from grader.chat.model import finding
from grader.chat.model.finding import Finding, Kind
from grader.chat.model.owed import Duty, Matter, Owed, Situation
from grader.chat.model.received import Piece

# Texts that share less than this are not the same message (difflib's ratio).
ALIKE = 0.6  # one that is missing: something came in its place
SURELY = 0.8  # one that has come, or must not come: nobody waits for it
# Of what nobody has sent so much is looked at: a flood is not compared piece by piece.
MAX_ODD = 60  # pieces
MAX_FINDINGS = 200
MAX_LENGTH = 4000  # characters of each


class Alignment:
    """What one receiver is owed, and what of it has come so far."""

    def __init__(self, receiver: str, owed: list[Owed], situation: Situation) -> None:
        self._receiver, self._situation = receiver, situation
        self._due = [message for message in owed if message.duty is not Duty.NEVER]
        self._never = [message for message in owed if message.duty is Duty.NEVER]
        self._come: list[Owed] = []
        self._texts = {message.text for message in owed}
        self.findings: list[Finding] = []

    def align(self, pieces: list[Piece]) -> list[Finding]:
        """Compare all that came with all that was owed."""
        lines = zip(pieces, ["", *(piece.text for piece in pieces)], strict=False)
        left = [piece for piece, before in lines if not self._take_exactly(piece, before)]
        del left[MAX_ODD:]
        left = [piece for piece in left if not self._take_glued(piece)]
        left = [piece for piece in left if not self._take_altered(piece)]
        left = [piece for piece in left if not self._take_in_place(piece)]
        for piece in left:
            self._note(Kind.UNASKED, piece)
        del self.findings[MAX_FINDINGS:]
        for message in self._due:
            if message.duty is Duty.MUST:
                self.findings.append(finding.of(Kind.MISSING, message, message.due))
        return self.findings

    def _take_exactly(self, piece: Piece, before: str) -> bool:
        """Whether a piece is a message to the letter, wanted or not; ``before`` it came another."""
        if not piece.text:
            self._note(Kind.NEWLINES, replace(piece, text=before))
            return True
        if piece.newlines:
            self._note(Kind.NEWLINES, piece)
        if not self._take(piece.text, piece.at):
            return False
        if not piece.ended:
            self._note(Kind.UNTERMINATED, piece)
        return True

    def _take(self, text: str, at: int) -> bool:
        """Count a text that came; whether it is one that can come at all."""
        if text not in self._texts:
            return False
        message = self._first(self._due, text, at)
        if message is not None:
            self._arrive(message, at)
            return True
        unwanted = self._first(self._never, text, at)
        if unwanted is not None:
            self.findings.append(finding.of(_unwanted(unwanted, self._receiver), unwanted, at))
            return True
        again = self._first(self._come, text, at)
        if again is not None:
            self.findings.append(finding.of(Kind.DOUBLED, again, at))
            return True
        return False

    def _arrive(self, message: Owed, at: int, got: str = "") -> None:
        self._due.remove(message)
        self._come.append(message)
        if at > message.due and message.duty is Duty.MUST:
            self.findings.append(finding.of(Kind.LATE, message, at, got))

    @staticmethod
    def _first(messages: list[Owed], text: str, at: int) -> Owed | None:
        """The earliest of these messages with this text that was sent by then.

        Of equal texts the earlier one may be lost: what comes is one that is still waited for.
        """
        sent = [m for m in messages if m.text == text and m.since <= at]
        return next((m for m in sent if at <= m.due), sent[0] if sent else None)

    def _take_glued(self, piece: Piece) -> bool:
        """Whether a piece is several messages in one; all of them have come."""
        text = piece.text.replace("\n", "")  # there are some within datagrams alone
        parts = _parts(text, [*self._due, *self._come, *self._never])
        if len(parts) < 2:
            return False
        end = 0
        for text in parts:
            end += len(text)
            self._take(text, piece.came(end))
        # The first one lacks its newline; the last one's may have been late.
        self._note(Kind.UNTERMINATED, replace(piece, at=piece.came(len(parts[0]))))
        return True

    def _take_altered(self, piece: Piece) -> bool:
        """Whether a piece is near to a message that is missing, or that must not come."""
        near = _nearest(piece, self._due, ALIKE)
        if near is not None and not self._is_another(piece, near):
            self.findings.append(finding.of(Kind.ALTERED, near, piece.at, piece.text))
            self._arrive(near, piece.at, piece.text)
            return True
        unwanted = _nearest(piece, self._never, SURELY)
        if unwanted is not None:
            kind = _unwanted(unwanted, self._receiver)
            self.findings.append(finding.of(kind, unwanted, piece.at, piece.text))
            return True
        again = _nearest(piece, self._come, SURELY)
        if again is not None:
            self.findings.append(finding.of(Kind.DOUBLED, again, piece.at, piece.text))
        return again is not None

    def _take_in_place(self, piece: Piece) -> bool:
        """Whether a piece came when something was due that has other words altogether."""
        for message in self._due:
            awaited = message.duty is Duty.MUST and message.since <= piece.at <= message.due
            greeting = message.matter in (Matter.REQUEST, Matter.WELCOME)
            same = greeting or _names(piece.text, message) or _has_its_words(piece.text, message)
            if awaited and same:
                self.findings.append(finding.of(Kind.ALTERED, message, piece.at, piece.text))
                self._arrive(message, piece.at, piece.text)
                return True
        return False

    def _is_another(self, piece: Piece, near: Owed) -> bool:
        """Whether a piece is rather a notice about somebody else than the one that is missing."""
        other = _nearest(piece, [*self._never, *self._come], SURELY) if _is_notice(near) else None
        if other is None:
            return False
        return _likeness(piece.text, other.text) > _likeness(piece.text, near.text)

    def _note(self, kind: Kind, piece: Piece) -> None:
        who, situation = self._receiver, self._situation
        self.findings.append(Finding(kind, who, piece.at, situation, got=piece.text))


def _unwanted(message: Owed, receiver: str) -> Kind:
    """Why a message must not come to this receiver."""
    if message.about != receiver:
        return Kind.AFTERWARDS if message.afterwards else Kind.EARLY
    return Kind.OWN_JOIN if message.matter is Matter.JOIN else Kind.ECHOED


def _nearest(piece: Piece, messages: list[Owed], least: float) -> Owed | None:
    """The message that a piece shares most with, if that is enough to be the same."""
    scores = [
        (_likeness(piece.text, message.text), -n, message)
        for n, message in enumerate(messages)
        if message.since <= piece.at and _may_be_about(piece.text, message, least)
    ]
    likely = [score for score in scores if score[0] >= least]
    return max(likely, key=lambda score: score[:2])[2] if likely else None


def _may_be_about(text: str, message: Owed, least: float) -> bool:
    """All notices are alike but for the name, and every message begins with a name."""
    if message.matter is Matter.NAME and least >= SURELY:
        return False
    if least < SURELY:
        return True
    telling = _is_notice(message) or any(c.isdigit() for c in protocol.text_of(message.text))
    return not telling or _names(text, message)


def _is_notice(message: Owed) -> bool:
    return message.matter in (Matter.JOIN, Matter.LEAVE)


def _names(text: str, message: Owed) -> bool:
    """Whether a text says what a message is about: of a notice the name, else a telling word."""
    if _is_notice(message):
        return message.about in text
    words = protocol.text_of(message.text).split()
    return any(word in text for word in words if any(c.isdigit() for c in word))


def _has_its_words(text: str, message: Owed) -> bool:
    """Whether a text is a notice but for the name, in the place of which something else stands."""
    if not _is_notice(message) or protocol.speaker_of(text):
        return False
    before, _name, after = message.text.partition(message.about)
    return text.startswith(before) and text.rstrip("!* ").endswith(after.rstrip("!* "))


def _likeness(one: str, other: str) -> float:
    if len(one) > MAX_LENGTH or len(other) > MAX_LENGTH:
        return float(one == other)
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    # The quicker bounds first: most texts have little in common.
    return matcher.ratio() if matcher.quick_ratio() >= ALIKE else 0.0


def _parts(text: str, messages: list[Owed]) -> list[str]:
    """The messages that a text is put together from, whole and without a rest; or none."""
    if len(text) > MAX_LENGTH:
        return []
    known = sorted({m.text for m in messages}, key=len, reverse=True)
    parts = list(_cut(text, known))
    return parts if "".join(parts) == text else []


def _cut(text: str, known: list[str]) -> Iterator[str]:
    while text:
        part = next((k for k in known if k and text.startswith(k)), "")
        if not part:
            return
        yield part
        text = text[len(part) :]
