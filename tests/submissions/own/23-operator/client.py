import socket
import threading

sock = socket.socket()
sock.connect(("localhost", 6000))


def receive():
    while True:
        data = sock.recv(1024)
        if not data:
            break
        print("Server:", data.decode())


threading.Thread(target=receive, daemon=True).start()
while True:
    text = input()
    if text == "exit":
        break
    sock.send(text.encode())
sock.close()
