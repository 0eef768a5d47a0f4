import socket
from threading import Thread

sock = socket.socket()
sock.connect(("localhost", 8888))


def get():
    while True:
        data = sock.recv(2048)
        if not data:
            break
        print(data.decode())


Thread(target=get, daemon=True).start()
print("Connected. Write something")
while True:
    sock.send(input().encode())
