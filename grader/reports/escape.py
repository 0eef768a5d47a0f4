"""Hostile text made harmless: what a submission wrote, as it may be shown on a terminal.

Control characters, escape sequences, bidirectional overrides, lone surrogates and
everything else that would not take a place of its own on the screen is written the way
Python writes it in a string. What is already escaped stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.cells import cell_len

from grader.language import ngettext

_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def visible(text: str, limit: int = 400, encoding: str = "utf-8") -> str:
    """Return ``text`` on one line, at most ``limit`` cells wide, shortened in the middle.

    What ``encoding`` cannot write is escaped as well.
    """
    if len(text) <= limit:
        whole = "".join(escaped(text, encoding))
        if cell_len(whole) <= limit:
            return whole
    dots = ellipsis(encoding)
    room = max(limit - len(dots), 2)
    front = fitting(escaped(text, encoding), room - room // 2)
    back = fitting(escaped(reversed(text), encoding), room // 2)
    return "".join(front) + dots + "".join(reversed(back))


def visible_lines(
    text: str, limit: int = 400, encoding: str = "utf-8", max_lines: int = 12
) -> list[str]:
    """Return ``text`` as lines to show, the ones in the middle left out where they are many."""
    lines = text.removesuffix("\n").split("\n")
    if len(lines) > max_lines:
        half = max_lines // 2
        count = len(lines) - 2 * half
        more = ngettext("{count} more line", "{count} more lines", count).format(count=count)
        left_out = f"{ellipsis(encoding)} {visible(more, limit, encoding)}"
        return [
            *(visible(line, limit, encoding) for line in lines[:half]),
            left_out,
            *(visible(line, limit, encoding) for line in lines[-half:]),
        ]
    return [visible(line, limit, encoding) for line in lines]


def escaped(text: Iterable[str], encoding: str = "utf-8") -> Iterator[str]:
    """Yield each character as it is shown: itself or its escape."""
    for character in text:
        yield character if _has_a_place(character, encoding) else _escape(character)


def fitting(pieces: Iterable[str], width: int) -> list[str]:
    """Return the first pieces that fit in ``width`` cells; no piece is cut in two."""
    taken: list[str] = []
    for piece in pieces:
        width -= cell_len(piece)
        if width < 0:
            break
        taken.append(piece)
    return taken


def ellipsis(encoding: str = "utf-8") -> str:
    """The sign for what was left out."""
    return "…" if encodes(encoding, "…") else "..."


def encodes(encoding: str, text: str) -> bool:
    """Whether an output in ``encoding`` can show ``text``. An unknown encoding cannot."""
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _has_a_place(character: str, encoding: str) -> bool:
    """Whether a character shows as itself, in a cell of its own."""
    if character == "\N{NO-BREAK SPACE}":  # of a sentence: what is quoted has it escaped
        return encodes(encoding, character)
    if character.isascii() or not character.isprintable():
        return character.isprintable()
    return cell_len(character) > 0 and encodes(encoding, character)


def _escape(character: str) -> str:
    code = ord(character)
    if character in _SHORT:
        return _SHORT[character]
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
