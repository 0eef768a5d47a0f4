import socket
import threading


def receive(sock):
    while True:
        data = sock.recv(4096)
        if not data:
            break
        print("\r" + " " * 20 + "\r\n" + data.decode().strip() + "\n> ", end="", flush=True)


def main():
    sock = socket.socket()
    sock.connect(("localhost", 7002))
    name = input("Enter nick: ")
    sock.sendall(name.encode())
    threading.Thread(target=receive, args=(sock,), daemon=True).start()
    while True:
        text = input("> ")
        sock.sendall(text.encode())
        if text == "q":
            print("Bye!")
            break


main()
