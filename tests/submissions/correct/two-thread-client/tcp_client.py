"""Chat client: a thread receives, a daemon thread types; the program ends with the connection."""

import socket
import threading


def type_lines(sock, name):
    try:
        while True:
            text = input("> ")
            if text.strip() == "leave":
                break
            sock.sendall(f"{name}: {text}\n".encode())
    except EOFError:
        pass
    sock.sendall(f"*{name} left*\n".encode())
    sock.shutdown(socket.SHUT_WR)


def receive_lines(lines):
    for line in lines:
        print("\r" + line, end="")


def main():
    sock = socket.create_connection(("localhost", 14901))
    lines = sock.makefile(encoding="utf-8", errors="replace")
    while lines.readline() == "name\n":
        name = input("What is your name? ")
        sock.sendall(name.encode() + b"\n")
    print("You are connected!")
    receiver = threading.Thread(target=receive_lines, args=(lines,))
    receiver.start()
    threading.Thread(target=type_lines, args=(sock, name), daemon=True).start()
    receiver.join()


main()
