import os
import socket
import threading

s = socket.socket()
s.connect(("127.0.0.1", 14901))
if s.recv(1024).decode().strip() == "name":
    name = input("What is your name? ")
    s.sendall((name + "\n").encode())


def receive():
    while True:
        data = s.recv(4096)
        if not data:
            print("The server is gone")
            os._exit(0)
        print(data.decode(errors="replace"), end="", flush=True)


threading.Thread(target=receive, daemon=True).start()
try:
    text = input()
    while text != "leave":
        s.sendall(f"{name}: {text}\n".encode())
        text = input()
except EOFError:
    pass
s.sendall(f"*{name} left*\n".encode())
s.close()
