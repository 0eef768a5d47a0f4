import socket
import threading

sock = socket.create_connection(("127.0.0.1", 12000))


def show():
    for line in sock.makefile(encoding="utf-8"):
        print(line, end="")


threading.Thread(target=show, daemon=True).start()
while True:
    try:
        line = input()
    except EOFError:
        break
    sock.sendall((line + "\n").encode())
    if line == "exit":
        break
