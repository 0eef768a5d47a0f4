import argparse
import os
import socket
import sys
import threading

parser = argparse.ArgumentParser()
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, default=14901)
args = parser.parse_args()

sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.connect((args.host, args.port))
welcomed = threading.Event()
answered = threading.Event()


def send(text):
    try:
        sock.send(text.encode())
    except OSError:
        pass


def listen():
    while True:
        try:
            text = sock.recv(16384).decode(errors="replace")
        except OSError:
            print("The server does not answer", file=sys.stderr)
            os._exit(1)
        if text == "name" and not welcomed.is_set():
            answered.set()
            continue
        print(text, flush=True)
        welcomed.set()
        answered.set()


threading.Thread(target=listen, daemon=True).start()
name = None
try:
    while not welcomed.is_set():
        answered.clear()
        name = input("What is your name? ").strip()
        send(name)
        answered.wait(5)
    for line in sys.stdin:
        line = line.rstrip("\n")
        if line == "leave":
            break
        if line == "":
            continue
        send(line)
        send(name + ": " + line)
except (EOFError, KeyboardInterrupt):
    pass
if welcomed.is_set():
    send("*" + name + " left*")
