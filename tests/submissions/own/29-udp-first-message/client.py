import random
import socket
import threading

s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("", random.randint(20000, 30000)))
name = input("Your name: ")


def get():
    while True:
        print(s.recvfrom(1024)[0].decode())


threading.Thread(target=get, daemon=True).start()
while True:
    s.sendto(f"[{name}] {input()}".encode(), ("127.0.0.1", 5005))
