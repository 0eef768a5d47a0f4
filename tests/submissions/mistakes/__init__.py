"""Programs with one mistake each that students make, and the truth about each of them."""

from __future__ import annotations

from submissions.mistakes import (
    tcp_client_leave,
    tcp_client_receive,
    tcp_client_start,
    tcp_client_talk,
    tcp_join,
    tcp_leave,
    tcp_lines,
    tcp_lock,
    tcp_names,
    tcp_start,
    tcp_talk,
    tcp_threads,
    udp_client,
    udp_join,
    udp_talk,
    whole,
)
from submissions.mistakes.mistake import Mistake

GROUPS = (
    tcp_start,
    tcp_threads,
    tcp_lock,
    tcp_lines,
    tcp_names,
    tcp_join,
    tcp_talk,
    tcp_leave,
    tcp_client_start,
    tcp_client_receive,
    tcp_client_talk,
    tcp_client_leave,
    udp_join,
    udp_talk,
    udp_client,
    whole,
)
MISTAKES: tuple[Mistake, ...] = tuple(mistake for group in GROUPS for mistake in group.MISTAKES)
