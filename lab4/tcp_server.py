# Tasks 1 to 7. Read tasks.md: it explains each task. Do them in the order of their numbers.
# Write your code in place of each "raise NotImplementedError"; the comment above it says what to do.
# Use Python's standard library only.
"""A chat for many over TCP: the server. Every message is one line of UTF-8 text."""

import argparse
import contextlib
import os
import queue
import socket
import sys
import threading
import time

HOST = "127.0.0.1"
PORT = 14901
BUFFER_SIZE = 16384
MAX_LINE = 1024 * 1024  # bytes: the server cuts off a user who sends a longer line
MAX_WAITING = 16 * 1024 * 1024  # bytes: the server cuts off a user who leaves more than that unread
CLOSE_TIME = 2  # seconds to send what is in the outbox of a user who leaves

users = {}  # name -> User, everybody in the chat
users_lock = threading.RLock()  # hold it to read or change users; a thread that holds it may take it again


class User:
    """One client's connection, and an outbox: text waits there until the user's writer thread sends it."""

    def __init__(self, connection):
        with contextlib.suppress(OSError):  # the client is gone already
            # Otherwise a second small message waits until the first is acknowledged, up to 40 ms (Nagle, delayed ACK).
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.name = ""
        self.connection = connection
        self.outbox = bytearray()
        self.lock = threading.Lock()  # hold it to change the outbox
        self.bell = queue.SimpleQueue()  # wakes the writer thread: each time the outbox fills, and at the end
        self.writer = threading.Thread(target=send_outbox, args=(self,), daemon=True)
        self.writer.start()

    def send(self, text):
        """Put a line into the outbox. This never waits; it cuts off a user who leaves too much of it unread."""
        line = text.encode() + b"\n"
        with self.lock:
            if not self.outbox:
                self.bell.put("something to send")
            if len(self.outbox) < MAX_WAITING:
                self.outbox += line
            else:
                self.cut_off()

    def take(self):
        """Wait until something is in the outbox and take it all, as bytes; b"" once the user leaves and all is sent."""
        self.bell.get()
        with self.lock:
            data, self.outbox = self.outbox, bytearray()
        return data

    def cut_off(self):
        """End the connection: the threads that wait for it, to receive or to send, wake up at once."""
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def close(self):
        """Wait until the outbox is sent, if the user reads it, and end the connection."""
        self.bell.put("the end")
        self.writer.join(CLOSE_TIME)
        self.cut_off()  # a writer thread that still waits for the user ends too
        self.writer.join(CLOSE_TIME)


def open_listener(host, port):
    """Return a socket that listens on host and port."""
    # Task 1: open the listening socket.
    # Goes out: the socket. Helps: socket.socket, bind, listen. For the port to be free again at once after a restart:
    # setsockopt with SO_REUSEADDR before bind; not on Windows, where it would let two servers share the port.
    raise NotImplementedError("task 1: open the listening socket")


def accept_clients(listener):
    """Give each client that connects a thread of its own, which runs serve()."""
    while True:
        try:
            # Task 2: accept connections, two threads for each.
            # Comes in: a connection, from listener.accept(). Goes out: a started thread that runs
            # serve(connection, address). Helps: threading.Thread with target, args and daemon=True.
            raise NotImplementedError("task 2: accept connections, two threads for each")
        except TimeoutError:
            pass  # only on Windows, see main()
        except OSError as error:  # no descriptor is left, for example: a retry at once would only fail again
            print("cannot accept a connection:", error, file=sys.stderr)
            time.sleep(1)


def serve(connection, address):
    """Serve one client from beginning to end, in a thread of its own."""
    print("Connected with", address)
    with connection:
        user = User(connection)
        try:
            lines = read_lines(connection)
            if ask_name(user, lines):
                print("Name is", user.name)
                relay(user, lines)
                leave(user)
        finally:
            user.close()  # whatever has happened, what is in the outbox is still sent


def send_outbox(user):
    """Send what is put into a user's outbox, in a thread of its own."""
    with contextlib.suppress(OSError):  # the user is gone; read_lines() notices too
        # Task 2: accept connections, two threads for each.
        # Comes in: user.take(), which waits until there are bytes to send; b"" is the end. Goes out: these bytes,
        # on user.connection. Helps: sendall, which may wait for a slow reader: in this thread only that user waits.
        raise NotImplementedError("task 2: accept connections, two threads for each")


def read_lines(connection):
    """Yield the lines that arrive, as text without the line end, until the connection ends, however it ends."""
    # Task 3: split the byte stream into lines.
    # Comes in: bytes, cut anywhere, from connection.recv(BUFFER_SIZE); b"" or an OSError is the end.
    # Goes out: yield each whole line. Keep half a line until its other half arrives; drop it at the end; if it is
    # longer than MAX_LINE, stop. Helps: bytes.split; then, for each line, bytes.decode with errors="replace".
    raise NotImplementedError("task 3: split the byte stream into lines")


def ask_name(user, lines):
    """Ask for the name until it is good and the user has joined; False if the lines end before that."""
    # Task 4: ask for the name.
    # Comes in: lines, each an answer; blanks around the name do not count. Goes out: "name", and again after each
    # answer that is empty or for which join() returns False. Helps: user.send, str.strip.
    raise NotImplementedError("task 4: ask for the name")


def join(user, name):
    """Let a newcomer join and tell everybody; False if the name is taken."""
    # Task 5: welcome the newcomer and tell the others.
    # Goes out: user.name and users[name] set, the two welcome lines to user, the join notice to the others.
    # Helps: users_lock, held for all of it (two may want the same name at the same time), user.send, send_to_others.
    raise NotImplementedError("task 5: welcome the newcomer and tell the others")


def send_to_others(text, sender):
    """Send a line to everybody in the chat but the sender."""
    # Task 5: welcome the newcomer and tell the others.
    # Helps: a loop over users.values() with users_lock around it; user.send, which never waits.
    raise NotImplementedError("task 5: welcome the newcomer and tell the others")


def relay(user, lines):
    """Pass each line of a user on to the others until the user leaves or is gone."""
    for line in lines:
        # Task 6: pass messages on to everyone else.
        # Comes in: line, one of the user's. Goes out: the same line, to the others. Helps: send_to_others.
        # At the user's own leave notice (*alice left*) return without sending it: leave() does.
        raise NotImplementedError("task 6: pass messages on to everyone else")


def leave(user):
    """Remove a user and tell the others, once, whether the user left politely or vanished."""
    # Task 7: somebody leaves.
    # Goes out: users without the user, *alice left* to the others. Helps: users_lock, send_to_others.
    raise NotImplementedError("task 7: somebody leaves")


def main():
    parser = argparse.ArgumentParser(description="The chat server over TCP.")
    parser.add_argument("--host", default=HOST, help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", default=PORT, type=int, help="port to listen on (default: %(default)s)")
    options = parser.parse_args()
    sys.stdout.reconfigure(line_buffering=True, errors="replace")  # show names at once, whatever letters they have
    try:
        listener = open_listener(options.host, options.port)
        if sys.platform == "win32":
            listener.settimeout(1)  # Ctrl+C does not interrupt accept() there, so wake up once a second
        accept_clients(listener)
    except (OSError, OverflowError) as error:
        sys.exit(f"cannot listen on {options.host}, port {options.port}: {error}")
    except KeyboardInterrupt:
        os._exit(0)  # an ordinary exit can abort while a thread is printing


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
