"""Generated mutants that no check notices, and why none can or none should.

A mutant is here only if what it does is the same for everybody outside, or differs in what
``tasks.md`` does not promise or marks as not graded. Any other one lacks a check.
"""

from __future__ import annotations

_NAGLE = "Small messages may come up to 40 ms later; how fast they come is not graded."
_LOG = "What a server prints is for people: tasks.md marks it as not graded."
_TOO_MUCH = (
    "A user who leaves 16 MiB unread is not cut off; others are not held up by that, and how"
    " much a server keeps for such a user is not promised."
)
_LONG_LINE = "A line of more than 1 MiB is not given up: tasks.md marks it as not graded."
_LAST_WORDS = (
    "It matters only to a user who leaves with something still to be sent: whether the server"
    " waits for that, and how long, is not promised."
)
_NOTHING_LEFT = "accept() fails only when the system has nothing left to give."
_SENDALL = "On a socket that waits, send() takes all of it, unless a signal comes in between."
_FLUSH = "Standard output has been flushed line by line already."
_UDP_GONE = (
    "It matters only when nobody is at the server's address; on UDP that a client notices a"
    " server gone is not graded."
)

EQUIVALENT: dict[str, str] = {
    "tcp_server:User.__init__:remove-1": _NAGLE,
    "tcp_server:User.__init__:remove-2": _NAGLE,
    "tcp_server:User.__init__:remove-3": "join() sets the name before anybody reads it.",
    "tcp_server:User.send:remove-7": _TOO_MUCH,
    "tcp_server:MAX_WAITING:unbound-1": _TOO_MUCH,
    "tcp_server:User.cut_off:remove-1": _TOO_MUCH,
    "tcp_server:User.cut_off:remove-2": _TOO_MUCH,
    "tcp_server:User.close:remove-2": _LAST_WORDS,
    "tcp_server:User.close:remove-3": _LAST_WORDS,
    "tcp_server:User.close:remove-4": _LAST_WORDS,
    "tcp_server:CLOSE_TIME:unbound-1": _LAST_WORDS,
    "tcp_server:serve:remove-10": (
        "serve() closes the connection by its with. The writer thread then waits for ever, which"
        f" costs no processor time. {_LAST_WORDS}"
    ),
    "tcp_server:send_outbox:send-1": _SENDALL,
    "tcp_server:accept_clients:remove-5": _NOTHING_LEFT,
    "tcp_server:accept_clients:remove-6": _NOTHING_LEFT,
    "tcp_server:serve:remove-1": _LOG,
    "tcp_server:serve:remove-7": _LOG,
    "tcp_server:read_lines:remove-7": _LONG_LINE,
    "tcp_server:read_lines:remove-8": _LONG_LINE,
    "tcp_server:MAX_LINE:unbound-1": _LONG_LINE,
    "tcp_server:ask_name:remove-7": "None is as false as False.",
    "tcp_client:connect:remove-3": _NAGLE,
    "tcp_client:send_line:send-1": _SENDALL,
    "tcp_client:send_line:remove-3": (
        "Whoever waits for what arrives notices the end of the connection as well, and ends."
    ),
    "tcp_client:give_name:remove-1": "Each name request sets the name before it is returned.",
    "tcp_client:give_name:remove-6": (
        "The name request is printed as well; what else is on the screen is not graded."
    ),
    "tcp_client:give_name:remove-10": "The thread that receives notices it right afterwards.",
    "tcp_client:give_name:negate-2": (
        "It goes on after the second line of the welcome, which comes right after the first."
    ),
    "tcp_client:server_gone:remove-1": "That line is for people: not graded, says tasks.md.",
    "tcp_client:LEAVE_TIME:unbound-1": (
        "How long the client waits for the server is not graded, says tasks.md."
    ),
    "tcp_client:leave:remove-3": (
        "That the client waits for the server to close is not graded, says tasks.md."
    ),
    "tcp_client:end:remove-1": _FLUSH,
    "udp_server:join:remove-6": _LOG,
    "udp_server:join:remove-7": _LOG,
    "udp_client:send_text:sendall-1": "A datagram goes out whole or not at all.",
    "udp_client:send_text:remove-3": _UDP_GONE,
    "udp_client:receive_text:remove-3": _UDP_GONE,
    "udp_client:end:remove-4": (
        "After leaving, the program ends the ordinary way, with the same status; otherwise "
        + _UDP_GONE[0].lower()
        + _UDP_GONE[1:]
    ),
    "udp_client:end:remove-1": _UDP_GONE,
    "udp_client:end:remove-2": _UDP_GONE,
    "udp_client:end:negate-1": _UDP_GONE,
    "udp_client:end:remove-3": _FLUSH,
}
