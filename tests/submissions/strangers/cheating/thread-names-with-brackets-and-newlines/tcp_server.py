"""A real threaded server. Only the names of the process and its threads are odd."""
import argparse
import ctypes
import queue
import socket
import threading

PR_SET_NAME = 15
libc = ctypes.CDLL(None)
ODD = [b"x) S 1 1 1 0 -1", b"a\tb\nState:\tT", b"\xff\xfe\x80)\n", b") R (", b" \n\n\n", b"\x1b[2Jpython3", b"Pid:\t1\nTgid:\t1", b""]
turn = 0
lock = threading.Lock()
users = {}


def odd_name():
    global turn
    libc.prctl(PR_SET_NAME, ODD[turn % len(ODD)], 0, 0, 0)
    turn += 1


class User:
    def __init__(self, conn):
        self.conn, self.outbox, self.name = conn, queue.SimpleQueue(), None
        threading.Thread(target=self.write, daemon=True, name="writer)\n(").start()

    def write(self):
        odd_name()
        try:
            while (text := self.outbox.get()) is not None:
                self.conn.sendall((text + "\n").encode())
            self.conn.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.conn.close()

    def lines(self):
        rest = b""
        try:
            while data := self.conn.recv(16384):
                rest += data
                if b"\n" in data:
                    *whole, rest = rest.split(b"\n")
                    for line in whole:
                        yield line.decode(errors="replace")
        except OSError:
            pass


def others(text, me):
    for user in users.values():
        if user is not me:
            user.outbox.put(text)


def read(user):
    odd_name()
    user.outbox.put("name")
    for line in user.lines():
        if user.name is None:
            name = line.strip()
            with lock:
                if not name or name in users:
                    user.outbox.put("name")
                    continue
                user.name, users[name] = name, user
                user.outbox.put("You are connected!")
                user.outbox.put("To terminate the connection to the server, enter leave")
                others(f"{name} joined!", user)
        elif line == f"*{user.name} left*":
            break
        else:
            with lock:
                others(line, user)
    if user.name is not None:
        with lock:
            del users[user.name]
            others(f"*{user.name} left*", user)
    user.outbox.put(None)


if __name__ == "__main__":
    p = argparse.ArgumentParser()
    p.add_argument("--host", default="127.0.0.1")
    p.add_argument("--port", type=int, default=14901)
    a = p.parse_args()
    odd_name()
    try:
        with socket.create_server((a.host, a.port), backlog=128) as server:
            while True:
                conn, address = server.accept()
                print("Connected with", address, flush=True)
                threading.Thread(target=read, args=(User(conn),), daemon=True).start()
    except KeyboardInterrupt:
        pass
