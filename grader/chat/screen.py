"""What can be read on a terminal's screen, of all that a program writes to it."""

from __future__ import annotations

import re

# Control sequences (ECMA-48): with parameters, as colours have them; texts for the terminal
# itself, such as its title; a letter or two after an escape. Then the control characters that
# stand alone, the second set of which UTF-8 has in two bytes. Tab and newline are kept.
SEQUENCE = re.compile(
    rb"\x1b\[[0-?]*[ -/]*[@-~]"
    rb"|\x1b[]P^_X][^\x07\x1b\n]*(?:\x07|\x1b\\)"
    rb"|\x1b[ -/]*[0-Z\\`-~]"
    rb"|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
    rb"|\xc2[\x80-\x9f]"
)
# One that may yet go on: it is at the very end, and nobody waits for a long one.
BEGUN = re.compile(rb"(?:\x1b(?:\[[0-?]*[ -/]*|[]P^_X][^\x07\x1b\n]*\x1b?|[ -/]*)|\xc2|\r)\Z")
LONGEST = 256  # bytes


def readable(data: bytes) -> bytes:
    """The same without colours and controls.

    What follows a carriage return begins a line, as it does on a screen.
    """
    return SEQUENCE.sub(b"", data).replace(b"\r\n", b"\n").replace(b"\r", b"\n")


class Screen:
    """Takes colours and controls out of what comes in pieces, wherever it is cut."""

    def __init__(self) -> None:
        self._begun = b""

    def write(self, data: bytes) -> bytes:
        """What can be read of a piece; a sequence that is cut waits for its rest."""
        data, self._begun = self._begun + data, b""
        begun = BEGUN.search(data, max(0, len(data) - LONGEST))
        if begun:
            data, self._begun = data[: begun.start()], begun[0]
        return readable(data)
