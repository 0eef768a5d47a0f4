import argparse
import os
import queue
import socket
import sys
import threading

lines = queue.Queue()       # what arrives before there is a name
name = None
leaving = False
handover = threading.Lock()


def read_lines(conn):
    rest = b""
    while True:
        try:
            data = conn.recv(16384)
        except OSError:
            return
        if not data:
            return
        rest += data
        while b"\n" in rest:
            line, rest = rest.split(b"\n", 1)
            yield line.decode("utf-8", "replace")


def show(line):
    who, colon, text = line.partition(": ")
    if colon:
        print(text, flush=True)
    else:
        print(line, flush=True)


def receive(conn):
    for line in read_lines(conn):
        with handover:
            if name is None:
                lines.put(line)
            else:
                show(line)
    lines.put(None)
    if not leaving and name is not None:
        print("The server has gone away", file=sys.stderr, flush=True)
        os._exit(1)


def main():
    global name, leaving
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=14901)
    args = parser.parse_args()
    conn = socket.create_connection((args.host, args.port))
    t = threading.Thread(target=receive, args=(conn,), daemon=True)
    t.start()
    wish = ""
    try:
        while True:
            line = lines.get()
            if line is None:
                print("The server has gone away", file=sys.stderr)
                return 1
            if line == "name":
                wish = input("What is your name? ").strip()
                conn.sendall(f"{wish}\n".encode())
                continue
            print(line, flush=True)
            if line.startswith("To terminate"):
                break
    except (EOFError, KeyboardInterrupt):
        return 0
    # anything that was quick enough to arrive meanwhile
    with handover:
        name = wish
        while not lines.empty():
            line = lines.get()
            if line is not None:
                show(line)
    try:
        for text in iter(input, "leave"):
            if text:
                conn.sendall(f"{name}: {text}\n".encode())
    except (EOFError, KeyboardInterrupt):
        pass
    leaving = True
    try:
        conn.sendall(f"*{name} left*\n".encode())
    except OSError:
        pass
    t.join(2)
    return 0


sys.exit(main())
