"""Chat server: what is to be sent goes into outboxes, and one thread sends from all of them."""

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
MAX_LINE = 1024 * 1024  # bytes: who sends a longer line is cut off
MAX_WAITING = 16 * 1024 * 1024  # bytes: who leaves more than that unread is cut off
SEND_NOW = getattr(socket, "MSG_DONTWAIT", None)  # Windows has no such flag: there each sending may wait
CLOSE_TIME = 2  # seconds for what is in the outbox of a user who leaves

users = {}  # name -> User, everybody in the chat
users_lock = threading.RLock()  # hold it to read or change users; whoever holds it may take it again
to_send = queue.SimpleQueue()  # users with something in their outbox, each once


class User:
    """One client's connection. Sending never waits: what is to be sent goes into an outbox."""

    def __init__(self, connection):
        # Or else a second small message waits until the first is acknowledged, up to 40 ms (Nagle, delayed ACK).
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.name = ""
        self.connection = connection
        self.outbox = bytearray()  # bytes leave it when they are sent: while it is empty, nobody is sending
        self.lock = threading.Lock()  # guards the outbox
        self.emptied = threading.Condition(self.lock)  # close() waits for it

    def send(self, text):
        """Put a line into the outbox; a user who leaves too much of it unread is cut off."""
        with self.lock:
            if not self.outbox:
                to_send.put(self)  # or else somebody is at it already
            self.outbox += text.encode() + b"\n"
            if len(self.outbox) > MAX_WAITING:
                self.cut_off()

    def send_some(self, flags=0):
        """Send the beginning of the outbox; return whether there is more."""
        with self.lock:
            data = bytes(self.outbox[:BUFFER_SIZE])
        try:
            sent = self.connection.send(data, flags)  # may wait for a slow reader, so never while holding a lock
        except BlockingIOError:
            raise
        except OSError:
            sent = len(data)  # the user is gone, as serve() will notice
        with self.lock:
            del self.outbox[:sent]
            if not self.outbox:
                self.emptied.notify()
            return bool(self.outbox)

    def send_slowly(self):
        """Empty the outbox as fast as the user reads."""
        while self.send_some():
            pass

    def cut_off(self):
        """End the connection: whoever waits for it, to receive or to send, goes on at once."""
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def close(self):
        """Wait until the outbox is empty, if the user reads it, and close the connection."""
        with self.lock:
            if not self.emptied.wait_for(lambda: not self.outbox, CLOSE_TIME):
                self.cut_off()
                self.emptied.wait_for(lambda: not self.outbox)
        self.connection.close()


def send_outboxes():
    """Send from each outbox what goes without waiting; a reader who is slow gets a thread of its own, which waits."""
    while True:
        user = to_send.get()
        try:
            if SEND_NOW is None:
                raise BlockingIOError
            if user.send_some(SEND_NOW):
                to_send.put(user)
        except BlockingIOError:
            threading.Thread(target=user.send_slowly, daemon=True).start()


def open_listener(host, port):
    """Return a socket that listens on host and port."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if sys.platform != "win32":  # there the option would let two servers share the port
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen()
    return listener


def accept_clients(listener):
    """Give each client that connects a thread of its own, which runs serve()."""
    while True:
        try:
            connection, address = listener.accept()
            threading.Thread(target=serve, args=(connection, address), daemon=True).start()
        except TimeoutError:
            pass  # only on Windows, see main()
        except OSError as error:  # no descriptor is left, say: trying again at once would only fail again
            print("cannot accept a connection:", error, file=sys.stderr)
            time.sleep(1)


def serve(connection, address):
    """Serve one client from the first word to the last, in a thread of its own."""
    print("Connected with", address)
    with connection:
        try:
            user = User(connection)
        except OSError:
            return  # the client is gone already, or no descriptor is left
        lines = read_lines(connection)
        if ask_name(user, lines):
            print("Name is", user.name)
            relay(user, lines)
            leave(user)
        user.close()


def read_lines(connection):
    """Yield the lines that arrive, as text without the line end, until the connection ends in whatever way."""
    rest = b""
    with contextlib.suppress(OSError):
        while chunk := connection.recv(BUFFER_SIZE):
            *lines, rest = (rest + chunk).split(b"\n")
            for line in lines:
                yield line.decode("utf-8", errors="replace")
            if len(rest) > MAX_LINE:
                break


def ask_name(user, lines):
    """Ask for the name until there is a good one and the user has joined; False if the lines end before that."""
    user.send("name")
    for line in lines:
        name = line.strip()
        if name and join(user, name):
            return True
        user.send("name")
    return False


def join(user, name):
    """Take a newcomer in and tell everybody; False if the name is taken."""
    with users_lock:
        if name in users:
            return False
        user.name = name
        users[name] = user
        user.send("You are connected!")
        user.send("To terminate the connection to the server, enter leave")
        send_to_others(f"{name} joined!", user)
    return True


def send_to_others(text, sender):
    """Send a line to everybody in the chat but the sender."""
    with users_lock:
        for user in users.values():
            if user is not sender:
                user.send(text)


def relay(user, lines):
    """Pass each line of a user on to the others until the user leaves or is gone."""
    for line in lines:
        if line == f"*{user.name} left*":
            return
        send_to_others(line, user)


def leave(user):
    """Forget a user and tell the others, once, whether the user said so or was just gone."""
    with users_lock:
        del users[user.name]
        send_to_others(f"*{user.name} left*", user)


def main():
    parser = argparse.ArgumentParser(description="The chat server over TCP.")
    parser.add_argument("--host", default=HOST, help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", default=PORT, type=int, help="port to listen on (default: %(default)s)")
    options = parser.parse_args()
    sys.stdout.reconfigure(line_buffering=True, errors="replace")  # show names at once, whatever letters they have
    try:
        listener = open_listener(options.host, options.port)
        if sys.platform == "win32":
            listener.settimeout(1)  # Ctrl+C does not interrupt accept() there, so look up once a second
        threading.Thread(target=send_outboxes, daemon=True).start()
        accept_clients(listener)
    except (OSError, OverflowError) as error:
        sys.exit(f"cannot listen on {options.host}, port {options.port}: {error}")
    except KeyboardInterrupt:
        os._exit(0)  # an ordinary exit can abort when a thread is just printing


if __name__ == "__main__":
    main()
