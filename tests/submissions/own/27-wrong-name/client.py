import socket
import threading

client = socket.socket()
client.connect(("127.0.0.1", 7878))


def receive():
    while True:
        message = client.recv(1024).decode()
        if not message:
            break
        print("\n" + message)


threading.Thread(target=receive, daemon=True).start()
while True:
    message = input()
    client.send(message.encode())
    if message == "!q":
        break
