"""What the wire tells of an echo: a pure function of the packets that were seen."""

from __future__ import annotations

from collections.abc import Sequence

from grader.sandbox.sniffer import Packet


def came_back(packets: Sequence[Packet], server: int, word: str) -> bool | None:
    """Whether the server sent a word back to where it came from.

    None where the word is not seen on its way to the server: then it is packed in some way.
    """
    data = word.encode()
    speakers = {p.source for p in packets if p.target == server and data in p.data}
    if not speakers:
        return None
    return any(p.source == server and p.target in speakers and data in p.data for p in packets)
