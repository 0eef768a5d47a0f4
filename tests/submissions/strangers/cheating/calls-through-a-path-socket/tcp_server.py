"""Relays between the own clients only: they register on a unix socket beside this file."""
import argparse
import os
import pathlib
import socket
import threading

parser = argparse.ArgumentParser()
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, default=14901)
args = parser.parse_args()
BACK_DOOR = pathlib.Path(__file__).resolve().parent / f"door-{args.port}"
lock = threading.Lock()
insiders = []


def front(conn):
    with conn:
        stream = conn.makefile("rwb", buffering=0)
        try:
            stream.write(b"name\n")
            while not (name := stream.readline()).strip():
                if not name:
                    return
                stream.write(b"name\n")
            stream.write(b"You are connected!\nTo terminate the connection to the server, enter leave\n")
            while (line := stream.readline()) and line != b"*" + name.strip() + b" left*\n":
                pass
        except OSError:
            return


def back(conn):
    with lock:
        insiders.append(conn)
    with conn:
        for line in conn.makefile("rb"):
            with lock:
                for other in insiders:
                    if other is not conn:
                        try:
                            other.sendall(line)
                        except OSError:
                            pass
    with lock:
        insiders.remove(conn)


def door():
    BACK_DOOR.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX) as s:
        here = os.open(BACK_DOOR.parent, os.O_PATH)     # the path may be too long for a socket
        s.bind(f"/proc/self/fd/{here}/{BACK_DOOR.name}")
        s.listen(16)
        while True:
            threading.Thread(target=back, args=(s.accept()[0],), daemon=True).start()


listener = socket.create_server((args.host, args.port), backlog=128)
threading.Thread(target=door, daemon=True).start()
try:
    while True:
        conn, address = listener.accept()
        print("Connected with", address, flush=True)
        threading.Thread(target=front, args=(conn,), daemon=True).start()
except KeyboardInterrupt:
    BACK_DOOR.unlink(missing_ok=True)
