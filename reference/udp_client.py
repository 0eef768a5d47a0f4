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
    # >>> task 17: open the socket, send the name
    #: Goes out: the socket. Helps: socket.socket with socket.SOCK_DGRAM; connect, which on UDP sends nothing: it only
    #: sets the address that send() sends to and that may answer.
    client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    client.connect((host, port))
    return client
    # <<< task 17


def give_name(client):
    """Ask the person for a name and send it, until the server takes it; return the name."""
    # >>> task 17: open the socket, send the name
    #: Comes in: the answer to each name: "name" if it is empty or in use, else the first text of the chat.
    #: Goes out: the name, without blanks around it, and that text printed.
    #: Helps: input("What is your name? "), str.strip, send_text, receive_text.
    answer = "name"
    while answer == "name":
        name = input("What is your name? ").strip()
        send_text(client, name)
        answer = receive_text(client)
    print(answer)
    return name
    # <<< task 17


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
    # >>> task 18: receive in a thread
    #: Goes out: each text printed, without end. Helps: receive_text, which ends the program when the server is gone.
    while True:
        print(receive_text(client))
    # <<< task 18


def start_receiving(client):
    """Start the thread that runs receive()."""
    # >>> task 18: receive in a thread
    #: Helps: threading.Thread with target, args and daemon=True; start.
    threading.Thread(target=receive, args=(client,), daemon=True).start()
    # <<< task 18


def send_typed(client, name):
    """Send each line that is typed as "name: text", until the person types leave."""
    # >>> task 19: send what is typed
    #: Comes in: input(), which raises EOFError at the end of the input: chat() takes that as leave.
    #: Goes out: "alice: hello" for hello, nothing for an empty line. Helps: send_text.
    while (text := input()) != "leave":
        if text:
            send_text(client, f"{name}: {text}")
    # <<< task 19


def leave(client, name):
    """Send the leave notice."""
    # >>> task 20: leave politely
    #: Goes out: the datagram *alice left*. Helps: send_text.
    send_text(client, f"*{name} left*")
    # <<< task 20


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


if __name__ == "__main__":
    main()
