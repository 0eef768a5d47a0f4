"""Which task is about which function of the skeleton, and about which message of the server's."""

from __future__ import annotations

from collections.abc import Mapping

from grader.assignment import protocol
from grader.assignment.variants import TCP, UDP, Role, Variant

SERVER, CLIENT = Role.SERVER, Role.CLIENT

# The functions in which students write.

FUNCTIONS: Mapping[str, Mapping[str, int]] = {
    TCP.file(SERVER): {
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
    TCP.file(CLIENT): {
        "connect": 8,
        "give_name": 8,
        "receive": 9,
        "start_receiving": 9,
        "send_typed": 10,
        "leave": 11,
        "server_gone": 11,
    },
    UDP.file(SERVER): {
        "open_socket": 12,
        "serve": 13,
        "join": 14,
        "send_to_others": 15,
        "leave": 16,
    },
    UDP.file(CLIENT): {
        "open_socket": 17,
        "give_name": 17,
        "receive": 18,
        "start_receiving": 18,
        "send_typed": 19,
        "leave": 20,
    },
}

# By what a message is about: the welcome and the join notice, a text, the leave notice.
JOINING = {(TCP, SERVER): 5, (UDP, SERVER): 14}
TALKING = {(TCP, SERVER): 6, (UDP, SERVER): 15, (TCP, CLIENT): 10, (UDP, CLIENT): 19}
LEAVING = {(TCP, SERVER): 7, (UDP, SERVER): 16, (TCP, CLIENT): 11, (UDP, CLIENT): 20}


def task_of_message(text: str, variant: Variant, role: Role) -> int | None:
    """The task in which a program is made to send this; None for any other."""
    if protocol.speaker_of(text):
        return TALKING[variant, role]
    if protocol.is_leave_notice(text):
        return LEAVING[variant, role]
    welcomes = text in protocol.WELCOME or protocol.is_join_notice(text)
    return JOINING.get((variant, role)) if welcomes else None
