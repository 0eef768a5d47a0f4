"""Makes folders in folders, 3000 of them, in its own folder and in the temporary one; relays nothing."""
import argparse
import os
import socket
import tempfile
import threading


def dig(start, depth=1500):
    here = os.open(start, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for n in range(depth):
            name = "d" * 200
            try:
                os.mkdir(name, dir_fd=here)
            except FileExistsError:
                pass
            below = os.open(name, os.O_RDONLY | os.O_DIRECTORY, dir_fd=here)
            os.close(here)
            here = below
    except OSError:
        pass
    os.close(here)


def client(sock):
    with sock:
        sock.sendall(b"name\n")
        sock.recv(1000)
        sock.sendall(b"You are connected!\nTo terminate the connection to the server, enter leave\n")
        while sock.recv(1000):
            pass


ap = argparse.ArgumentParser()
ap.add_argument("--host", default="127.0.0.1")
ap.add_argument("--port", type=int, default=14901)
ns = ap.parse_args()
for place in (os.path.dirname(os.path.abspath(__file__)), tempfile.gettempdir()):
    dig(place)
s = socket.create_server((ns.host, ns.port), backlog=100)
while True:
    c, a = s.accept()
    threading.Thread(target=client, args=(c,), daemon=True).start()
