"""Sends a message back to its sender as well, but a good while later than to the others."""
import argparse
import socket
import threading
from dataclasses import dataclass, field

DELAY = 2.0


@dataclass(eq=False)
class Member:
    sock: socket.socket
    name: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def send(self, text: str) -> None:
        with self.lock:
            try:
                self.sock.sendall(text.encode() + b"\n")
            except OSError:
                pass


members: dict[str, Member] = {}
door = threading.Lock()


def cast(text: str, author: Member) -> None:
    for member in members.values():
        if member is not author:
            member.send(text)


def late_echo(text: str, author: Member) -> None:
    timer = threading.Timer(DELAY, author.send, (text,))
    timer.daemon = True
    timer.start()


def attend(me: Member) -> None:
    me.send("name")
    stream = me.sock.makefile("rb")
    try:
        for raw in stream:
            if not raw.endswith(b"\n"):
                break
            text = raw[:-1].decode(errors="replace")
            if me.name:
                if text == f"*{me.name} left*":
                    break
                with door:
                    cast(text, me)
                late_echo(text, me)
                continue
            with door:
                if (name := text.strip()) and name not in members:
                    me.name = name
                    members[name] = me
                    me.send("You are connected!")
                    me.send("To terminate the connection to the server, enter leave")
                    cast(f"{name} joined!", me)
                    late_echo(f"{name} joined!", me)
                else:
                    me.send("name")
    except OSError:
        pass
    if me.name:
        with door:
            del members[me.name]
            cast(f"*{me.name} left*", me)
    try:
        me.sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    stream.close()
    me.sock.close()


def main() -> None:
    ap = argparse.ArgumentParser()
    ap.add_argument("--host", default="127.0.0.1")
    ap.add_argument("--port", type=int, default=14901)
    ns = ap.parse_args()
    listener = socket.create_server((ns.host, ns.port), backlog=128)
    while True:
        sock, address = listener.accept()
        print("Connected with", address, flush=True)
        threading.Thread(target=attend, args=(Member(sock),), daemon=True).start()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        pass
