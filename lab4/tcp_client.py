# Tasks 8 to 11. Read tasks.md: it explains each task. Do them in the order of their numbers.
# Write your code in place of each "raise NotImplementedError"; the comment above it says what to do.
# Use Python's standard library only.
"""A chat for many over TCP: the client. Every message is one line of UTF-8 text."""

import argparse
import contextlib
import os
import socket
import sys
import threading

HOST = "127.0.0.1"
PORT = 14901
LEAVE_TIME = 2  # seconds the server has to close the connection after a leave notice

leaving = threading.Event()  # set when the person wants to leave: then the end of the connection is expected
ended = threading.Event()  # set when the connection has ended


def connect(host, port):
    """Return a socket that is connected to the server."""
    # Task 8: connect and answer the name request.
    # Goes out: the connected socket. Helps: socket.socket, connect.
    raise NotImplementedError("task 8: connect and answer the name request")


def read_lines(connection):
    """Yield the lines that arrive, as text without the line end, until the connection ends, however it ends."""
    with contextlib.suppress(OSError), connection.makefile(encoding="utf-8", errors="replace", newline="\n") as stream:
        for line in stream:
            yield line.rstrip("\n")


def send_line(connection, text):
    """Send one line; end if the server is gone."""
    try:
        connection.sendall(text.encode() + b"\n")
    except OSError:
        server_gone()


def give_name(connection, lines):
    """Answer each name request with what the person types; return the name that the server accepts."""
    # Task 8: connect and answer the name request.
    # Comes in: lines. "name" is a request, and comes again when the name is empty or in use; print all other lines.
    # Goes out: a name to each request, without blanks around it; return it after "You are connected!".
    # Helps: input("What is your name? "), str.strip, send_line.
    raise NotImplementedError("task 8: connect and answer the name request")
    server_gone()  # the lines have ended


def receive(lines):
    """Print what arrives, in a thread of its own, until the connection ends."""
    # Task 9: receive in a thread.
    # Comes in: lines, one after the other, each as soon as it arrives. Goes out: all of them printed.
    raise NotImplementedError("task 9: receive in a thread")
    ended.set()
    if not leaving.is_set():
        server_gone()


def start_receiving(lines):
    """Start the thread that runs receive()."""
    # Task 9: receive in a thread.
    # Helps: threading.Thread with target, args and daemon=True; start.
    raise NotImplementedError("task 9: receive in a thread")


def send_typed(connection, name):
    """Send each line that is typed as "name: text", until the person types leave."""
    # Task 10: send what is typed.
    # Comes in: input(), which raises EOFError at the end of the input: chat() takes that as leave.
    # Goes out: "alice: hello" for hello, nothing for an empty line. Helps: send_line.
    raise NotImplementedError("task 10: send what is typed")


def leave(connection, name):
    """Send the leave notice, and wait a moment for the server to close the connection."""
    # Task 11: leave politely, notice that the server is gone.
    # Goes out: leaving set, the line *alice left*. Helps: leaving.set, send_line; ended.wait(LEAVE_TIME), so that
    # the server closes first: closing a connection before all is received may lose what was sent.
    raise NotImplementedError("task 11: leave politely, notice that the server is gone")


def server_gone():
    """Say that the server is gone and end, even while the other thread waits for typing."""
    # Task 11: leave politely, notice that the server is gone.
    # Helps: end(1), after one line on sys.stderr.
    raise NotImplementedError("task 11: leave politely, notice that the server is gone")


def end(status):
    """End the process at once: an ordinary exit would wait for input(), or can abort while a thread is printing."""
    sys.stdout.flush()
    os._exit(status)


def chat(connection):
    """Take part in the chat until the person leaves."""
    lines = read_lines(connection)
    name = ""
    try:
        name = give_name(connection, lines)
        start_receiving(lines)
        send_typed(connection, name)
    except (EOFError, KeyboardInterrupt):
        pass  # the person leaves as well
    if name:
        leave(connection, name)


def main():
    parser = argparse.ArgumentParser(description="The chat client over TCP.")
    parser.add_argument("--host", default=HOST, help="address of the server (default: %(default)s)")
    parser.add_argument("--port", default=PORT, type=int, help="port of the server (default: %(default)s)")
    options = parser.parse_args()
    sys.stdin.reconfigure(errors="replace")
    sys.stdout.reconfigure(line_buffering=True, errors="replace")  # show text at once, whatever letters it has
    try:
        chat(connect(options.host, options.port))
    except (OSError, OverflowError) as error:
        sys.exit(f"cannot connect to {options.host}, port {options.port}: {error}")
    except KeyboardInterrupt:
        pass  # while it connects, or a second time
    end(0)


def say_next_task(error):
    """Say in one line which task is to be written next."""
    print(f"not written yet: {error} (see tasks.md, {str(error).partition(':')[0]})", file=sys.stderr)


def say_next_task_of_thread(args):
    """The same for a thread; any other error is shown as always."""
    if isinstance(args.exc_value, NotImplementedError):
        say_next_task(args.exc_value)
    else:
        threading.__excepthook__(args)


if __name__ == "__main__":
    threading.excepthook = say_next_task_of_thread
    try:
        main()
    except NotImplementedError as error:
        say_next_task(error)
        sys.exit(1)
