import socket
import threading

name = input("Login: ")
sock = socket.create_connection(("127.0.0.1", 6060))


def listen():
    while data := sock.recv(1024):
        print(data.decode())


threading.Thread(target=listen, daemon=True).start()
sock.sendall(f"{name} came in".encode())
while True:
    text = input()
    if text == "/exit":
        sock.sendall(f"{name} went out".encode())
        break
    sock.sendall(f"({name}): {text}".encode())
sock.close()
