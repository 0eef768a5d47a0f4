"""What the windows of a chat showed while people used it: plain data for a report."""

from __future__ import annotations

import msgspec


class Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line in a window: what was printed, then what was typed."""

    printed: str = ""
    typed: str = ""


class Window(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one program has shown so far."""

    name: str
    lines: tuple[Line, ...]


class Picture(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All windows at one moment; ``moment`` says which."""

    moment: str  # "joined", "talked" or "left"
    windows: tuple[Window, ...]


class Recording(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A short conversation over one variant of a submission."""

    variant: str
    pictures: tuple[Picture, ...]
