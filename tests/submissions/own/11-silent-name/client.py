import socket
import threading

sock = socket.socket()
sock.connect(("localhost", 1234))


def poluchat():
    while True:
        text = sock.recv(1024).decode()
        if not text:
            break
        print(text, end="")


threading.Thread(target=poluchat).start()
while True:
    text = input()
    sock.send(text.encode())
    if text == "выход":
        break
