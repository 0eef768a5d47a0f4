import socket
import threading

me, other = ("127.0.0.1", 5001), ("127.0.0.1", 5002)
sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.bind(me)


def receive():
    while True:
        print("Friend:", sock.recvfrom(1024)[0].decode())


threading.Thread(target=receive, daemon=True).start()
while True:
    sock.sendto(input().encode(), other)
