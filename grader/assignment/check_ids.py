"""The one place where ids of checks are put together and taken apart: ``tcp.join-notice``."""

from __future__ import annotations


def check_id(variant: str, name: str) -> str:
    """The id of a check of a variant."""
    return f"{variant}.{name}"


def variant_of(id_: str) -> str:
    """``tcp`` for ``tcp.join-notice``."""
    return id_.partition(".")[0]


def name_of(id_: str) -> str:
    """``join-notice`` for ``tcp.join-notice``."""
    return id_.partition(".")[2]
