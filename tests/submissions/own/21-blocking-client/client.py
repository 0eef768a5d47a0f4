import socket

sock = socket.socket()
sock.connect(("127.0.0.1", 5558))
sock.send(input("Name: ").encode())
while True:
    sock.send(input("message: ").encode())
    print(sock.recv(1024).decode())
