import socket
import threading

print("1. Connect")
print("2. Help")
choice = input("Your choice (1/2): ")
if choice == "2":
    print("Type anything")
name = input("Enter your name: ")
sock = socket.socket()
sock.connect(("127.0.0.1", 7041))
sock.send(name.encode())


def receive():
    while True:
        data = sock.recv(1024)
        if not data:
            break
        print(data.decode(), end="")


threading.Thread(target=receive, daemon=True).start()
while True:
    text = input(name + ": ")
    if text.lower() == "exit":
        break
    sock.send(text.encode())
sock.close()
