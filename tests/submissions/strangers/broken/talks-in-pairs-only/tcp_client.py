import argparse
import os
import socket
import sys
from threading import Thread

parser = argparse.ArgumentParser()
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, default=14901)
args = parser.parse_args()
conn = socket.create_connection((args.host, args.port))
f = conn.makefile("rb")
going = []


def receiving():
    try:
        for raw in f:
            print(raw.decode("utf-8", "replace").rstrip("\n"), flush=True)
    except OSError:
        pass
    if not going:
        print("The server has left us", flush=True)
        os._exit(1)


def start():
    name = None
    for raw in f:
        line = raw[:-1].decode("utf-8", "replace")
        if line == "name":
            name = input("What is your name? ").strip()
            conn.sendall(name.encode() + b"\n")
        else:
            print(line, flush=True)
            if line == "You are connected!":
                return name
    sys.exit("The server has left us")


def work():
    name = start()
    t = Thread(target=receiving, daemon=True)
    t.start()
    try:
        while True:
            text = input()
            if text == "leave":
                break
            if text:
                conn.sendall(f"{name}: {text}\n".encode())
    except (EOFError, KeyboardInterrupt):
        pass
    going.append(name)
    try:
        conn.sendall(f"*{name} left*\n".encode())
    except OSError:
        pass
    t.join(2)


try:
    work()
except (EOFError, KeyboardInterrupt):
    pass
