import socket
import threading

sock = socket.socket()
sock.connect(("127.0.0.1", 8766))
sock.send(input("Enter your nickname: ").encode())


def receive():
    while True:
        data = sock.recv(1024)
        if not data:
            break
        print(data.decode(), end="")


def write():
    while True:
        text = input()
        if text == "exit":
            sock.close()
            break
        sock.send(text.encode())


threading.Thread(target=receive).start()
threading.Thread(target=write).start()
