import socket
import threading

name = input("Enter name: ")
sock = socket.socket()
sock.connect(("127.0.0.1", 6001))


def receive():
    while True:
        data = sock.recv(1024)
        if not data:
            break
        print(data.decode())


threading.Thread(target=receive, daemon=True).start()
while True:
    text = input()
    if text == "stop":
        break
    sock.send(f"{name}: {text}".encode())
