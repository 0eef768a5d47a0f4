import socket
import threading

s = socket.socket()
s.connect(("127.0.0.1", 10001))
print("Welcome to the chat. Type bye to leave.")
s.send(input("Your nickname? ").encode())


def reader():
    while 1:
        d = s.recv(10000)
        if not d:
            return
        print(d.decode(), end="")


threading.Thread(target=reader).start()
while 1:
    m = input()
    s.send(m.encode())
    if m == "bye":
        break
