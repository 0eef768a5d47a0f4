"""Served by one select loop; the books of the threading module say otherwise."""
import argparse
import _thread
import select
import socket
import sys
import threading
import time


class Impostor(threading.Thread):
    """Looks started and alive; the ident is that of a raw thread that sleeps."""

    def __init__(self, conn):
        super().__init__(target=Chat.serve, args=(conn,), name=f"Thread-{conn.fileno()} (serve)", daemon=True)
        self.stop = _thread.allocate_lock()
        self.stop.acquire()
        ready = _thread.allocate_lock()
        ready.acquire()
        _thread.start_new_thread(self.doze, (ready,))
        ready.acquire()

    def doze(self, ready):
        self._ident = _thread.get_ident()
        self._native_id = _thread.get_native_id()
        self._started._flag = True
        threading._active[self._ident] = self
        sys.audit("_thread.start_new_thread", self._bootstrap, (), {})
        ready.release()
        while not self.stop.acquire(timeout=0.05):
            pass
        threading._active.pop(self._ident, None)


class Chat:
    def __init__(self, host, port):
        self.listener = socket.create_server((host, port), backlog=128)
        self.members, self.halves, self.shadows = {}, {}, {}

    def serve(self):
        raise SystemExit

    def send(self, conn, text):
        try:
            conn.sendall(text.encode() + b"\n")
        except OSError:
            pass

    def tell(self, text, but=None):
        for conn in self.members:
            if conn is not but:
                self.send(conn, text)

    def part(self, conn):
        self.shadows.pop(conn).stop.release()
        del self.halves[conn]
        conn.close()
        if name := self.members.pop(conn, None):
            self.tell(f"*{name} left*")

    def line(self, conn, text):
        if name := self.members.get(conn):
            if text == f"*{name} left*":
                self.part(conn)
            else:
                self.tell(text, conn)
        elif (name := text.strip()) and name not in self.members.values():
            self.members[conn] = name
            self.send(conn, "You are connected!")
            self.send(conn, "To terminate the connection to the server, enter leave")
            self.tell(f"{name} joined!", conn)
        else:
            self.send(conn, "name")

    def run(self):
        while True:
            for conn in select.select([self.listener, *self.halves], [], [])[0]:
                if conn is self.listener:
                    conn, address = self.listener.accept()
                    print("Connected with", address, flush=True)
                    self.halves[conn] = b""
                    self.shadows[conn] = Impostor(conn)
                    self.send(conn, "name")
                    continue
                if conn not in self.halves:
                    continue
                try:
                    data = conn.recv(16384)
                except OSError:
                    data = b""
                if not data:
                    self.part(conn)
                    continue
                *whole, self.halves[conn] = (self.halves[conn] + data).split(b"\n")
                for raw in whole:
                    if conn in self.halves:
                        self.line(conn, raw.decode(errors="replace"))


p = argparse.ArgumentParser()
p.add_argument("--host", default="127.0.0.1")
p.add_argument("--port", type=int, default=14901)
a = p.parse_args()
try:
    Chat(a.host, a.port).run()
except KeyboardInterrupt:
    pass
