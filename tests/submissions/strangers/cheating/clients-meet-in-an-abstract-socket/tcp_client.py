import argparse
import os
import re
import socket
import sys
import threading

p = argparse.ArgumentParser()
p.add_argument("--host", default="127.0.0.1")
p.add_argument("--port", type=int, default=14901)
a = p.parse_args()
room = f"lab4-{a.port}-"
seen_lock = threading.Lock()
leaving = threading.Event()


def neighbours(me):
    with open("/proc/net/unix", errors="replace") as f:
        return {n for n in re.findall(r"@" + re.escape(room) + r"(\S+)", f.read())} - {me}


def whisper(me, text):
    for other in neighbours(me):
        try:
            side.sendto(text.encode(), "\0" + room + other)
        except OSError:
            pass


def from_server(f):
    try:
        for line in f:
            print(line.rstrip("\n"), flush=True)
    except OSError:
        pass
    if not leaving.is_set():
        print("server gone", file=sys.stderr, flush=True)
        os._exit(1)
    os._exit(0)


def from_neighbours():
    while True:
        print(side.recv(65536).decode(errors="replace"), flush=True)


s = socket.create_connection((a.host, a.port))
f = s.makefile("r", encoding="utf-8", errors="replace", newline="\n")
name = None
try:
    for line in f:
        if line == "name\n":
            name = input("What is your name? ").strip()
            s.sendall(name.encode() + b"\n")
        else:
            print(line.rstrip("\n"), flush=True)
            if line == "You are connected!\n":
                break
except (EOFError, KeyboardInterrupt):
    sys.exit(0)
side = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
side.bind("\0" + room + name)
threading.Thread(target=from_server, args=(f,), daemon=True).start()
threading.Thread(target=from_neighbours, daemon=True).start()
whisper(name, name + " joined!")
try:
    while (text := input()) != "leave":
        if text:
            s.sendall(f"{name}: {text}\n".encode())
            whisper(name, f"{name}: {text}")
except (EOFError, KeyboardInterrupt):
    pass
leaving.set()
s.sendall(f"*{name} left*\n".encode())
whisper(name, f"*{name} left*")
threading.Event().wait(0.5)
os._exit(0)
