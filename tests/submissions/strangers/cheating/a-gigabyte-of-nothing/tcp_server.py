"""Keeps 900 MB in mind and relays nothing: there is no room left."""
import argparse
import mmap
import socket
import threading

p = argparse.ArgumentParser()
p.add_argument("--host", default="127.0.0.1")
p.add_argument("--port", type=int, default=14901)
a = p.parse_args()
mind = []
s = socket.create_server((a.host, a.port), backlog=128)


def remember():
    # a piece at a time, so that it grows while somebody looks
    for _ in range(90):
        piece = mmap.mmap(-1, 10 << 20)
        for page in range(0, len(piece), mmap.PAGESIZE):
            piece[page] = 1
        mind.append(piece)


def client(sock):
    try:
        sock.sendall(b"name\n")
        sock.recv(16384)
        sock.sendall(b"You are connected!\nTo terminate the connection to the server, enter leave\n")
        while sock.recv(16384):
            pass
    except OSError:
        pass
    sock.close()


try:
    threading.Thread(target=remember, daemon=True).start()
    while True:
        sock, address = s.accept()
        threading.Thread(target=client, args=(sock,), daemon=True).start()
except KeyboardInterrupt:
    pass
