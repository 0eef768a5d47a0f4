#!/usr/bin/env python3
"""TCP chat server.

reader thread -> hub (dict + lock) -> queue of each user -> writer thread
"""
import argparse
import enum
import queue
import socket
import threading


class State(enum.Enum):
    NAMELESS = 1
    QUIET = 2       # has a name, has not said anything yet
    TALKING = 3


class Hub:
    def __init__(self):
        self._lock = threading.RLock()
        self._boxes = {}

    def try_join(self, name, box):
        with self._lock:
            if name in self._boxes:
                return False
            self._boxes[name] = box
            box.put("You are connected!\nTo terminate the connection to the server, enter leave\n")
            self.send(f"{name} joined!", name)
            return True

    def send(self, text, name):
        with self._lock:
            for other, box in self._boxes.items():
                if other != name:
                    box.put(text + "\n")

    def quit(self, name):
        with self._lock:
            self._boxes.pop(name)
            self.send(f"*{name} left*", name)


def drain(conn, box):
    with conn:
        try:
            while True:
                text = box.get()
                if not text:
                    conn.shutdown(socket.SHUT_RDWR)
                    return
                conn.sendall(text.encode("utf-8"))
        except OSError:
            return


def take_lines(conn):
    chunks = []
    while True:
        try:
            chunk = conn.recv(16384)
        except OSError:
            return
        if not chunk:
            return
        while True:
            before, sep, chunk = chunk.partition(b"\n")
            chunks.append(before)
            if not sep:
                break
            line = b"".join(chunks)
            chunks.clear()
            yield str(line, "utf-8", "replace")


def attend(hub, conn, addr):
    print(f"Connected with {addr!r}")
    box = queue.Queue()
    threading.Thread(target=drain, args=(conn, box), daemon=True).start()
    box.put("name\n")
    state, name = State.NAMELESS, ""
    for line in take_lines(conn):
        if state is State.NAMELESS:
            name = line.strip()
            if name and hub.try_join(name, box):
                print(f"Name is {name}")
                state = State.QUIET
            else:
                box.put("name\n")
            continue
        if line == f"*{name} left*":
            break
        if state is State.QUIET:
            hub.send(f"{name} joined!", name)
            state = State.TALKING
        hub.send(line, name)
    if state is not State.NAMELESS:
        hub.quit(name)
    box.put("")


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--host", default="127.0.0.1")
    p.add_argument("--port", type=int, default=14901)
    o = p.parse_args()
    hub = Hub()
    with socket.create_server((o.host, o.port), backlog=120) as s:
        try:
            while True:
                conn, addr = s.accept()
                threading.Thread(target=attend, args=(hub, conn, addr), daemon=True).start()
        except KeyboardInterrupt:
            pass


main()
