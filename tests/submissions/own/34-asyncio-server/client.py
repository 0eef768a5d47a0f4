import socket
import threading

sock = socket.create_connection(("127.0.0.1", 7034))
lines = sock.makefile("rw", encoding="utf-8")


def show():
    for line in lines:
        print(line, end="")


def send(text):
    sock.sendall((text + "\n").encode())


send(input("What should we call you? "))
threading.Thread(target=show, daemon=True).start()
try:
    while True:
        send(input())
except (EOFError, KeyboardInterrupt):
    sock.close()
