"""Chat server. One thread per connection, as required."""
import argparse
import selectors
import socket
import threading

sel = selectors.DefaultSelector()
users = {}


class Guest:
    def __init__(self, sock):
        self.sock = sock
        self.name = None
        self.inbuf = b""
        self.outbuf = b""
        self.closing = False
        self.gone = threading.Event()
        # the thread of this connection
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        self.gone.wait()

    def post(self, text):
        self.outbuf += text.encode() + b"\n"
        self.arm()

    def arm(self):
        mask = selectors.EVENT_READ if not self.closing else 0
        if self.outbuf:
            mask |= selectors.EVENT_WRITE
        if mask:
            sel.modify(self.sock, mask, self)
        else:
            self.drop()

    def drop(self):
        sel.unregister(self.sock)
        self.sock.close()
        self.gone.set()


def to_others(text, sender):
    for guest in list(users.values()):
        if guest is not sender:
            guest.post(text)


def goodbye(guest):
    if guest.name and users.pop(guest.name, None):
        to_others(f"*{guest.name} left*", guest)
    guest.closing = True
    guest.arm()


def line_came(guest, line):
    if guest.name is None:
        name = line.strip()
        if not name or name in users:
            guest.post("name")
            return
        guest.name = name
        users[name] = guest
        guest.post("You are connected!")
        guest.post("To terminate the connection to the server, enter leave")
        print("Name is", name, flush=True)
        to_others(f"{name} joined!", guest)
    elif line == f"*{guest.name} left*":
        goodbye(guest)
    else:
        to_others(line, guest)


def ready(guest, mask):
    if mask & selectors.EVENT_READ and not guest.closing:
        try:
            data = guest.sock.recv(16384)
        except OSError:
            data = b""
        if not data:
            guest.outbuf = b""
            goodbye(guest)
            return
        *lines, guest.inbuf = (guest.inbuf + data).split(b"\n")
        for line in lines:
            if guest.closing:
                return
            line_came(guest, line.decode(errors="replace"))
    if mask & selectors.EVENT_WRITE:
        try:
            sent = guest.sock.send(guest.outbuf)
            guest.outbuf = guest.outbuf[sent:]
        except BlockingIOError:
            return
        except OSError:
            guest.outbuf = b""
        guest.arm()


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--host", default="127.0.0.1")
    p.add_argument("--port", type=int, default=14901)
    a = p.parse_args()
    listener = socket.create_server((a.host, a.port), backlog=128)
    sel.register(listener, selectors.EVENT_READ)
    while True:
        for key, mask in sel.select():
            if key.fileobj is listener:
                sock, address = listener.accept()
                print("Connected with", address, flush=True)
                sock.setblocking(False)
                guest = Guest(sock)
                sel.register(sock, selectors.EVENT_READ, guest)
                guest.post("name")
            elif key.fileobj.fileno() >= 0:
                ready(key.data, mask)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        pass
