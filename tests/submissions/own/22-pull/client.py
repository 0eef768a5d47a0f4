import socket

s = socket.socket()
s.connect(("localhost", 2222))
s.send(input("Name: ").encode())
print("Type a message, or . to fetch what is new")
while True:
    s.send(input("> ").encode())
    print(s.recv(4096).decode())
