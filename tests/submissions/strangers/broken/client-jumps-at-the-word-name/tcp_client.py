import argparse
import os
import socket
import sys
import threading

p = argparse.ArgumentParser()
p.add_argument("--host", default="127.0.0.1")
p.add_argument("--port", type=int, default=14901)
a = p.parse_args()

s = socket.create_connection((a.host, a.port))
state = {"name": None, "leaving": False}
ready = threading.Event()       # the server wants a name, or we are in
inside = threading.Event()


def listen():
    buf = b""
    while True:
        try:
            data = s.recv(16384)
        except OSError:
            data = b""
        if not data:
            if state["leaving"]:
                return
            print("No connection to the server any more", file=sys.stderr, flush=True)
            os._exit(1)
        buf += data
        while b"\n" in buf:
            raw, buf = buf.split(b"\n", 1)
            line = raw.decode("utf-8", "replace")
            if line.endswith("name"):
                ready.set()
                continue
            print(line, flush=True)
            if line == "You are connected!":
                inside.set()
                ready.set()


t = threading.Thread(target=listen, daemon=True)
t.start()
try:
    while True:
        ready.wait()
        ready.clear()
        if inside.is_set():
            break
        state["name"] = input("What is your name? ").strip()
        s.sendall((state["name"] + "\n").encode())
    while True:
        text = input()
        if text == "leave":
            break
        if text:
            s.sendall((state["name"] + ": " + text + "\n").encode())
except (EOFError, KeyboardInterrupt):
    pass
state["leaving"] = True
if inside.is_set():
    try:
        s.sendall(("*" + state["name"] + " left*\n").encode())
    except OSError:
        pass
    t.join(2)
