"""A chat client over UDP: one loop around select, no thread."""

import select
import socket
import sys

SERVER = ("127.0.0.1", 14901)


def main():
    client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    client.connect(SERVER)
    name = input("What is your name? ")
    client.send(name.encode())
    while True:
        ready, _, _ = select.select([client, sys.stdin], [], [])
        if client in ready:
            print(client.recv(16384).decode(errors="replace"), flush=True)
        if sys.stdin in ready:
            text = sys.stdin.readline().rstrip("\n") or "leave"
            if text == "leave":
                client.send(f"*{name} left*".encode())
                break
            client.send(f"{name}: {text}".encode())


main()
