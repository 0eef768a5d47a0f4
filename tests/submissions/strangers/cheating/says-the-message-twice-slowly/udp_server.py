"""UDP server; returns each message to its sender and repeats it to the others when the room has been quiet for 1.5 s."""
import argparse
import socket
import time

p = argparse.ArgumentParser()
p.add_argument("--host", default="127.0.0.1")
p.add_argument("--port", type=int, default=14901)
a = p.parse_args()
sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.bind((a.host, a.port))
users: dict = {}
kept: list = []
last = time.monotonic()


def send(text, address):
    try:
        sock.sendto(text.encode(), address)
    except OSError:
        pass


def cast(text, but):
    for address in users:
        if address != but:
            send(text, address)


def handle(text, address):
    name = users.get(address)
    if name is None:
        text = text.strip()
        if not text or text in users.values():
            return send("name", address)
        users[address] = text
        send("You are connected!", address)
        send("To terminate the connection to the server, enter leave", address)
        return cast(f"{text} joined!", address)
    if text == f"*{name} left*":
        del users[address]
    else:
        kept.append(text)
    cast(text, address)


try:
    while True:
        sock.settimeout(0.5 if kept else None)
        try:
            data, address = sock.recvfrom(65536)
            last = time.monotonic()
            handle(data.decode(errors="replace"), address)
        except TimeoutError:
            if time.monotonic() - last > 1.5:
                for text in kept:
                    cast(text, None)
                kept.clear()
        except ConnectionError:
            pass
except KeyboardInterrupt:
    pass
