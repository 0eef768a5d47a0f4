import socket
import threading

s = socket.socket()
s.connect(("127.0.0.1", 7038))
s.send(input("Enter username: ").encode())


def rec():
    while True:
        d = s.recv(1024)
        if not d:
            break
        print(d.decode())


threading.Thread(target=rec).start()
while True:
    t = input("")
    s.send(t.encode())
    if t == "exit":
        break
