import select
import socket
import sys

name = input("nick: ")
sock = socket.create_connection(("127.0.0.1", 7033))
while True:
    ready, _, _ = select.select([sock, sys.stdin], [], [])
    if sock in ready:
        data = sock.recv(1024)
        if not data:
            break
        print(data.decode())
    if sys.stdin in ready:
        line = sys.stdin.readline().strip()
        if line == ":q":
            break
        sock.sendall(f"{name}# {line}".encode())
