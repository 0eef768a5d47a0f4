# Tasks 12 to 16. Read tasks.md: it explains each task. Do them in the order of their numbers.
# Write your code in place of each "raise NotImplementedError"; the comment above it says what to do.
# Use Python's standard library only.
"""A chat for many over UDP: the server. Every message is one datagram of UTF-8 text."""

import argparse
import contextlib
import socket
import sys

HOST = "127.0.0.1"
PORT = 14901
BUFFER_SIZE = 16384

users = {}  # address -> name, everybody in the chat; there is only one thread, so no lock is needed


def open_socket(host, port):
    """Return a socket that receives datagrams on host and port."""
    # Task 12: bind the socket.
    # Goes out: the socket. Helps: socket.socket with socket.SOCK_DGRAM, bind; there is no listen and no accept.
    raise NotImplementedError("task 12: bind the socket")


def serve(server):
    """Receive one datagram after the other."""
    while True:
        try:
            # Task 13: receive datagrams, tell a stranger from a user.
            # Comes in: a datagram and its address, from server.recvfrom(BUFFER_SIZE). Goes out: one call: join() for
            # an address not in users, leave() for the user's own leave notice (*alice left*), else
            # send_to_others(). Helps: bytes.decode with errors="replace".
            raise NotImplementedError("task 13: receive datagrams, tell a stranger from a user")
        except OSError:
            pass  # on Windows: nobody was there for an earlier datagram, this one is too long, or see main()


def send(server, text, address):
    """Send one datagram; go on if nobody is there or no route leads there."""
    with contextlib.suppress(OSError):
        server.sendto(text.encode(), address)


def join(server, text, address):
    """Let a newcomer join, whose first datagram is the name; ask for another if it is empty or taken."""
    # Task 14: take a newcomer in.
    # Comes in: the name; blanks around it do not count. Goes out: "name" if it is empty or taken; if not,
    # users[address] set, the two welcome texts, a datagram each, to the newcomer, the join notice to the others.
    # Helps: str.strip, send, send_to_others (task 15, call it last).
    raise NotImplementedError("task 14: take a newcomer in")


def send_to_others(server, text, sender):
    """Send a text to everybody in the chat but the sender's address."""
    # Task 15: pass messages on.
    # Helps: a loop over users; send, which survives a dead address.
    raise NotImplementedError("task 15: pass messages on")


def leave(server, address):
    """Remove a user and tell the others."""
    # Task 16: somebody leaves.
    # Goes out: users without the address, *alice left* to the others. Helps: dict.pop, send_to_others.
    raise NotImplementedError("task 16: somebody leaves")


def main():
    parser = argparse.ArgumentParser(description="The chat server over UDP.")
    parser.add_argument("--host", default=HOST, help="address to receive on (default: %(default)s)")
    parser.add_argument("--port", default=PORT, type=int, help="port to receive on (default: %(default)s)")
    options = parser.parse_args()
    sys.stdout.reconfigure(line_buffering=True, errors="replace")  # show names at once, whatever letters they have
    try:
        server = open_socket(options.host, options.port)
        if sys.platform == "win32":
            server.settimeout(1)  # Ctrl+C does not interrupt recvfrom() there, so wake up once a second
        serve(server)
    except (OSError, OverflowError) as error:
        sys.exit(f"cannot receive on {options.host}, port {options.port}: {error}")
    except KeyboardInterrupt:
        pass


def say_next_task(error):
    """Say in one line which task is to be written next."""
    print(f"not written yet: {error} (see tasks.md, {str(error).partition(':')[0]})", file=sys.stderr)


if __name__ == "__main__":
    try:
        main()
    except NotImplementedError as error:
        say_next_task(error)
        sys.exit(1)
