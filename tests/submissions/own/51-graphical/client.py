import socket
import tkinter
import threading

window = tkinter.Tk()
sock = socket.socket()
sock.connect(("127.0.0.1", 5555))
name = input("Name: ")
sock.send(name.encode())


def receive():
    while True:
        data = sock.recv(1024)
        if not data:
            break
        print(data.decode())


threading.Thread(target=receive, daemon=True).start()
while True:
    sock.send(input().encode())
