"""What may be named as the cause of each mistake: whatever else is named is wrong."""

from __future__ import annotations

from collections.abc import Mapping

# Codes of causes, names of classic mistakes, and types of exceptions.
EXPLAINED: Mapping[str, tuple[str, ...]] = {}
