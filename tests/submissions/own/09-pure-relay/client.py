import socket
import threading

s = socket.socket()
s.connect(("127.0.0.1", 3030))
print("What is your name?")
name = input()
stop = False


def take():
    while not stop:
        print(s.recv(1024).decode())


threading.Thread(target=take).start()
while True:
    text = input()
    s.send((name + ": " + text).encode())
    if text == "X":
        stop = True
        break
