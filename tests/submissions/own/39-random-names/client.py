import random
import socket
import threading

me = "user" + str(random.randint(1000, 9999))
sock = socket.create_connection(("127.0.0.1", 7039))


def listen():
    while data := sock.recv(1024):
        print(data.decode())


threading.Thread(target=listen, daemon=True).start()
print("You are", me, "- /exit to leave")
sock.sendall(f"{me} came in".encode())
while True:
    text = input("> ")
    if text == "/exit":
        sock.sendall(f"{me} went out".encode())
        break
    sock.sendall(f"{me}: {text}".encode())
