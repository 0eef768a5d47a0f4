# Tasks 17 to 20. Read tasks.md: it explains each task. Do them in the order of their numbers.
# Write your code in place of each "raise NotImplementedError"; the comment above it says what to do.
# Use Python's standard library only.
"""A chat for many over UDP: the client. Every message is one datagram of UTF-8 text."""

import argparse
import os
import socket
import sys
import threading

HOST = "127.0.0.1"
PORT = 14901
BUFFER_SIZE = 16384


def open_socket(host, port):
    """Return a socket whose datagrams go to the server."""
    # Task 17: open the socket, send the name.
    # Goes out: the socket. Helps: socket.socket with socket.SOCK_DGRAM; connect, which on UDP sends nothing: it only
    # sets the address that send() sends to and that may answer.
    raise NotImplementedError("task 17: open the socket, send the name")


def give_name(client):
    """Ask the person for a name and send it, until the server takes it; return the name."""
    # Task 17: open the socket, send the name.
    # Comes in: the answer to each name: "name" if it is empty or in use, else the first text of the chat.
    # Goes out: the name, without blanks around it, and that text printed.
    # Helps: input("What is your name? "), str.strip, send_text, receive_text.
    raise NotImplementedError("task 17: open the socket, send the name")


def send_text(client, text):
    """Send one datagram; end if nobody was there for an earlier one."""
    try:
        client.send(text.encode())
    except OSError as error:
        end(1, f"cannot reach the server: {error}")


def receive_text(client):
    """Wait for a datagram and return its text; end if nobody was there for one that was sent."""
    try:
        return client.recv(BUFFER_SIZE).decode("utf-8", errors="replace")
    except OSError as error:
        end(1, f"cannot reach the server: {error}")


def receive(client):
    """Print what arrives, in a thread of its own."""
    # Task 18: receive in a thread.
    # Goes out: each text printed, without end. Helps: receive_text, which ends the program when the server is gone.
    raise NotImplementedError("task 18: receive in a thread")


def start_receiving(client):
    """Start the thread that runs receive()."""
    # Task 18: receive in a thread.
    # Helps: threading.Thread with target, args and daemon=True; start.
    raise NotImplementedError("task 18: receive in a thread")


def send_typed(client, name):
    """Send each line that is typed as "name: text", until the person types leave."""
    # Task 19: send what is typed.
    # Comes in: input(), which raises EOFError at the end of the input: chat() takes that as leave.
    # Goes out: "alice: hello" for hello, nothing for an empty line. Helps: send_text.
    raise NotImplementedError("task 19: send what is typed")


def leave(client, name):
    """Send the leave notice."""
    # Task 20: leave politely.
    # Goes out: the datagram *alice left*. Helps: send_text.
    raise NotImplementedError("task 20: leave politely")


def end(status, text=None):
    """End the process at once: an ordinary exit would wait for input(), or can abort while a thread is printing."""
    if text:
        print(text, file=sys.stderr)
    sys.stdout.flush()
    os._exit(status)


def chat(client):
    """Take part in the chat until the person leaves."""
    name = ""
    try:
        name = give_name(client)
        start_receiving(client)
        send_typed(client, name)
    except (EOFError, KeyboardInterrupt):
        pass  # the person leaves as well
    if name:
        leave(client, name)


def main():
    parser = argparse.ArgumentParser(description="The chat client over UDP.")
    parser.add_argument("--host", default=HOST, help="address of the server (default: %(default)s)")
    parser.add_argument("--port", default=PORT, type=int, help="port of the server (default: %(default)s)")
    options = parser.parse_args()
    sys.stdin.reconfigure(errors="replace")
    sys.stdout.reconfigure(line_buffering=True, errors="replace")  # show text at once, whatever letters it has
    try:
        chat(open_socket(options.host, options.port))
    except (OSError, OverflowError) as error:
        sys.exit(f"cannot reach {options.host}, port {options.port}: {error}")
    except KeyboardInterrupt:
        pass  # a second time
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
