import argparse
import os
import socket
import sys
import threading


def split(conn):
    data = b""
    while True:
        try:
            piece = conn.recv(16384)
        except OSError:
            return
        if not piece:
            return
        data += piece
        *whole, data = data.split(b"\n")
        for w in whole:
            yield w.decode("utf-8", errors="replace")


class Receiver(threading.Thread):
    def __init__(self, lines):
        super().__init__(daemon=True)
        self.lines = lines
        self.expected = False

    def run(self):
        for line in self.lines:
            print(line, flush=True)
        if not self.expected:
            print("The server closed the connection.", file=sys.stderr, flush=True)
            os._exit(1)


def send(conn, text):
    conn.sendall(text.encode("utf-8") + b"\n")


def get_in(conn, lines):
    name = None
    for line in lines:
        if line == "name":
            name = input("What is your name? ").strip()
            send(conn, name)
            continue
        print(line, flush=True)
        if line == "You are connected!":
            return name
    print("The server closed the connection.", file=sys.stderr)
    sys.exit(1)


def type_and_send(conn, name):
    text = ""
    while text != "leave":
        text = input()
        if text:
            send(conn, f"{name}: {text}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=14901)
    args = parser.parse_args()
    with socket.create_connection((args.host, args.port)) as conn:
        lines = split(conn)
        try:
            name = get_in(conn, lines)
        except (EOFError, KeyboardInterrupt):
            return
        receiver = Receiver(lines)
        receiver.start()
        try:
            type_and_send(conn, name)
        except (EOFError, KeyboardInterrupt):
            pass
        receiver.expected = True
        try:
            send(conn, f"*{name} left*")
        except OSError:
            pass
        receiver.join(2)


if __name__ == "__main__":
    main()
