"""A crowd of workers waits from the start: nobody has to wait for a thread."""
import argparse
import selectors
import socket
import threading

CROWD = 128
bell = threading.Condition()
busy = 0


def worker():
    global busy
    while True:
        with bell:
            bell.wait()
            busy += 1       # woken: somebody came, or said something


class Conn:
    __slots__ = ("sock", "name", "rest")

    def __init__(self, sock):
        self.sock, self.name, self.rest = sock, "", bytearray()

    def send(self, *texts):
        try:
            self.sock.sendall("".join(t + "\n" for t in texts).encode())
        except OSError:
            pass


def main(host, port):
    for _ in range(CROWD):
        threading.Thread(target=worker, daemon=True).start()
    box = selectors.PollSelector()
    listener = socket.create_server((host, port), backlog=128)
    box.register(listener, selectors.EVENT_READ)
    conns = set()

    def cast(text, me=None):
        for c in conns:
            if c.name and c is not me:
                c.send(text)

    def end(c):
        box.unregister(c.sock)
        conns.discard(c)
        c.sock.close()
        if c.name:
            cast(f"*{c.name} left*")

    def take(c):
        try:
            data = c.sock.recv(16384)
        except OSError:
            data = b""
        if not data:
            return end(c)
        c.rest += data
        while (cut := c.rest.find(b"\n")) >= 0:
            text = c.rest[:cut].decode(errors="replace")
            del c.rest[:cut + 1]
            with bell:
                bell.notify()
            if not c.name:
                text = text.strip()
                if text and all(text != other.name for other in conns):
                    c.name = text
                    c.send("You are connected!", "To terminate the connection to the server, enter leave")
                    cast(f"{text} joined!", c)
                else:
                    c.send("name")
            elif text == f"*{c.name} left*":
                return end(c)
            else:
                cast(text, c)

    while True:
        for key, _ in box.select():
            if key.data is None:
                sock, address = listener.accept()
                print("Connected with", address, flush=True)
                c = Conn(sock)
                conns.add(c)
                box.register(sock, selectors.EVENT_READ, c)
                c.send("name")
                with bell:
                    bell.notify()
            elif key.data in conns:
                take(key.data)


if __name__ == "__main__":
    ap = argparse.ArgumentParser()
    ap.add_argument("--host", default="127.0.0.1")
    ap.add_argument("--port", type=int, default=14901)
    ns = ap.parse_args()
    try:
        main(ns.host, ns.port)
    except KeyboardInterrupt:
        raise SystemExit(0)
