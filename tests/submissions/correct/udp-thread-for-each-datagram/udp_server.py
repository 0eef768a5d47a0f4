"""Chat server over UDP: each datagram is handled by a thread of its own."""

import os
import socket
import threading

users = {}
lock = threading.Lock()
sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)


def send(text, address):
    sock.sendto(text.encode(), address)


def to_others(text, sender):
    for address in users:
        if address != sender:
            send(text, address)


def handle(data, address):
    text = data.decode(errors="replace")
    with lock:
        if address not in users:
            if not text or text in users.values():
                send("name", address)
                return
            users[address] = text
            send("You are connected!", address)
            send("To terminate the connection to the server, enter leave", address)
            to_others(text + " joined!", address)
        elif text == "*" + users[address] + " left*":
            del users[address]
            to_others(text, address)
        else:
            to_others(text, address)


def main():
    sock.bind(("localhost", 14901))
    try:
        while True:
            threading.Thread(target=handle, args=sock.recvfrom(4096)).start()
    except KeyboardInterrupt:
        os._exit(0)


main()
