import socket
import threading

from common import pack, unpack

s = socket.socket()
s.connect(("127.0.0.1", 7040))
s.send(pack(input("Имя: ")))


def show():
    while True:
        data = s.recv(1024)
        if not data:
            break
        print(unpack(data))


threading.Thread(target=show, daemon=True).start()
while True:
    s.send(pack(input()))
