"""A thread for each connection, as the task wants."""
import argparse
import select
import socket
import threading


class Client:
    def __init__(self, sock, addr):
        self.sock = sock
        self.name = None
        self.rest = b""
        self.out = bytearray()
        self.end = threading.Event()
        self.closing = False
        self.thread = threading.Thread(target=self.live, args=(addr,), daemon=True)
        self.thread.start()

    def live(self, addr):
        print("Connected with", addr)
        self.end.wait()

    def send(self, text):
        self.out += (text + "\n").encode()


clients = {}


def others(me, text):
    for c in clients.values():
        if c is not me and c.name:
            c.send(text)


def on_line(c, line):
    if c.closing:
        return
    if c.name is None:
        name = line.strip()
        if not name or name in [x.name for x in clients.values()]:
            c.send("name")
            return
        c.name = name
        print("Name is", name)
        c.send("You are connected!")
        c.send("To terminate the connection to the server, enter leave")
        others(c, name + " joined!")
    elif line == f"*{c.name} left*":
        bye(c)
    else:
        others(c, line)


def bye(c):
    if c.closing:
        return
    c.closing = True
    name, c.name = c.name, None
    if name:
        others(c, f"*{name} left*")


def drop(c):
    clients.pop(c.sock, None)
    c.end.set()
    c.sock.close()


def turn(listener):
    readers = [listener] + [c.sock for c in clients.values() if not c.closing]
    writers = [c.sock for c in clients.values() if c.out]
    ready, free, _ = select.select(readers, writers, [])
    for s in ready:
        if s is listener:
            sock, addr = listener.accept()
            sock.setblocking(False)
            clients[sock] = Client(sock, addr)
            clients[sock].send("name")
            continue
        c = clients.get(s)
        if c is None:
            continue
        try:
            data = s.recv(16384)
        except BlockingIOError:
            continue
        except OSError:
            data = b""
            c.out.clear()
        if not data:
            bye(c)
            continue
        *lines, c.rest = (c.rest + data).split(b"\n")
        for line in lines:
            on_line(c, line.decode("utf-8", "replace"))
    for s in free:
        c = clients.get(s)
        if c is None:
            continue
        try:
            del c.out[:s.send(c.out[:65536])]
        except BlockingIOError:
            pass
        except OSError:
            c.out.clear()
            bye(c)
    for c in [c for c in clients.values() if c.closing and not c.out]:
        drop(c)


if __name__ == "__main__":
    ap = argparse.ArgumentParser()
    ap.add_argument("--host", default="127.0.0.1")
    ap.add_argument("--port", type=int, default=14901)
    ns = ap.parse_args()
    with socket.create_server((ns.host, ns.port), backlog=128) as door:
        try:
            while True:
                turn(door)
        except KeyboardInterrupt:
            pass
