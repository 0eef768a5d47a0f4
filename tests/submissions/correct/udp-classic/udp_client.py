import os
import socket
import threading

client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server = ("127.0.0.1", 14901)

name = input("What is your name? ")
client.sendto(name.encode(), server)


def receive():
    while True:
        try:
            message, address = client.recvfrom(1024)
            print(message.decode())
        except:
            pass


threading.Thread(target=receive).start()

while True:
    text = input("")
    if text == "leave":
        client.sendto(f"*{name} left*".encode(), server)
        os._exit(0)
    client.sendto(f"{name}: {text}".encode(), server)
