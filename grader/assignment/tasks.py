"""Which task is about which function of the skeleton, and about which message of the server's."""

from __future__ import annotations

from collections.abc import Mapping

from grader.assignment import protocol
from grader.assignment.variants import TCP, UDP, Variant

# The functions in which students write.

FUNCTIONS: Mapping[str, Mapping[str, int]] = {
    "tcp_server.py": {
        "open_listener": 1,
        "accept_clients": 2,
        "send_outbox": 2,
        "read_lines": 3,
        "ask_name": 4,
        "join": 5,
        "send_to_others": 5,
        "relay": 6,
        "leave": 7,
    },
    "tcp_client.py": {
        "connect": 8,
        "give_name": 8,
        "receive": 9,
        "start_receiving": 9,
        "send_typed": 10,
        "leave": 11,
        "server_gone": 11,
    },
    "udp_server.py": {
        "open_socket": 12,
        "serve": 13,
        "join": 14,
        "send_to_others": 15,
        "leave": 16,
    },
    "udp_client.py": {
        "open_socket": 17,
        "give_name": 17,
        "receive": 18,
        "start_receiving": 18,
        "send_typed": 19,
        "leave": 20,
    },
}

# By what a message is about: the welcome and the join notice, a text, the leave notice.
JOINING, TALKING, LEAVING = {TCP: 5, UDP: 14}, {TCP: 6, UDP: 15}, {TCP: 7, UDP: 16}


def task_of_message(text: str, variant: Variant) -> int | None:
    """The task in which the server is made to send this; None for any other."""
    if protocol.speaker_of(text):
        return TALKING[variant]
    if text in protocol.WELCOME or protocol.is_join_notice(text):
        return JOINING[variant]
    return LEAVING[variant] if protocol.is_leave_notice(text) else None
