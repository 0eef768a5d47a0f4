import os
import socket
import threading

sock = socket.socket()
sock.connect(("127.0.0.1", 4321))
os.system("clear")
print("\033[1;34m=== ЧАТ ===\033[0m")
sock.sendall(input("\033[93mКак вас зовут?\033[0m ").encode())


def show():
    while True:
        data = sock.recv(4096)
        if not data:
            break
        print(data.decode(), end="")


threading.Thread(target=show).start()
print("Для выхода введите /q")
while True:
    text = input()
    sock.sendall(text.encode())
    if text == "/q":
        break
