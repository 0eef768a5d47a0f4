import socket
import threading


def receive(sock):
    while True:
        data = sock.recv(4096)
        if not data:
            break
        print(data.decode(), end="")


def main():
    sock = socket.socket()
    sock.connect(("localhost", 3456))
    name = input("Enter nick: ")
    sock.sendall(name.encode())
    threading.Thread(target=receive, args=(sock,), daemon=True).start()
    while True:
        text = input()
        sock.sendall(text.encode())
        if text == "quit":
            print("Bye!")
            break


main()
