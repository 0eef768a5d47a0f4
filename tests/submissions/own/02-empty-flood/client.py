import socket
import threading

HOST = "localhost"
PORT = 9090

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.connect((HOST, PORT))
s.send(input("Введите ваше имя: ").encode("utf-8"))


def get():
    while True:
        print(s.recv(1024).decode("utf-8"), end="")


t = threading.Thread(target=get)
t.daemon = True
t.start()
while True:
    s.send(input().encode("utf-8"))
