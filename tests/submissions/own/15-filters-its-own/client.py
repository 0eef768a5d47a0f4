import socket
import threading

sock = socket.socket()
sock.connect(("127.0.0.1", 5557))
name = input("username: ")
sock.send(name.encode())


def receive():
    while True:
        data = sock.recv(1024)
        if not data:
            break
        text = data.decode()
        if not text.startswith(name + "> "):
            print(text)


threading.Thread(target=receive, daemon=True).start()
while True:
    sock.send(input().encode())
