import socket
import threading

s = socket.socket()
s.connect(("127.0.0.1", 7032))


def priem():
    while True:
        data = s.recv(1024)
        if not data:
            print("Соединение закрыто")
            break
        print(data.decode(), end="")


threading.Thread(target=priem).start()
while True:
    text = input()
    s.send(text.encode())
    if text == "стоп":
        break
