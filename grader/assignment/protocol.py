"""The texts of the wire protocol that are always the same."""

from __future__ import annotations

NAME_REQUEST = "name"
WELCOME = (
    "You are connected!",
    "To terminate the connection to the server, enter leave",
)
