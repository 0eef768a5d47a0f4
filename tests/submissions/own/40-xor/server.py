import socket
import threading

from common import pack, unpack

people = {}


def serve(conn):
    name = unpack(conn.recv(1024))
    people[conn] = name
    while True:
        try:
            data = conn.recv(1024)
        except OSError:
            data = b""
        if not data:
            break
        for other in list(people):
            try:
                other.send(pack(f"{name}: {unpack(data)}"))
            except OSError:
                pass
    del people[conn]


s = socket.socket()
s.bind(("127.0.0.1", 7040))
s.listen()
while True:
    conn, _ = s.accept()
    threading.Thread(target=serve, args=(conn,)).start()
