import argparse
import queue
import socket
import threading

ap = argparse.ArgumentParser()
ap.add_argument("--host", default="127.0.0.1")
ap.add_argument("--port", type=int, default=14901)
args = ap.parse_args()

sock = socket.socket(type=socket.SOCK_DGRAM)
sock.bind((args.host, args.port))
inbox = queue.Queue()
members = {}


def receiving():
    while True:
        try:
            inbox.put(sock.recvfrom(16384))
        except OSError:
            pass


def send(text, address):
    try:
        sock.sendto(text.encode(), address)
    except OSError:
        pass


def others(text, address):
    for other in members:
        if other != address:
            send(text, other)


def handle(text, address):
    if address not in members:
        name = text.strip()
        if name and name not in members.values():
            members[address] = name
            print(f"Connected with {address}\nName is {name}", flush=True)
            send("You are connected!", address)
            send("To terminate the connection to the server, enter leave", address)
            others(f"{name} joined!", address)
        else:
            send("name", address)
        return
    if text.endswith(("left", "left*")):
        others(f"*{members[address]} left*", address)
        members.pop(address)
        return
    others(text, address)


threading.Thread(target=receiving, daemon=True).start()
try:
    while True:
        data, address = inbox.get()
        handle(data.decode("utf-8", "replace"), address)
except KeyboardInterrupt:
    pass
