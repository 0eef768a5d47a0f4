import socket
import threading

port = int(input("Введите порт сервера: "))
sock = socket.socket()
sock.connect(("127.0.0.1", port))
sock.sendall(input("Введите имя: ").encode())


def read():
    while True:
        data = sock.recv(4096)
        if not data:
            break
        print(data.decode(), end="")


threading.Thread(target=read, daemon=True).start()
while True:
    line = input()
    sock.sendall(line.encode())
    if line == "!q":
        break
