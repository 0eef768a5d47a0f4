# chat server, lines are passed on as the bytes that came

import socket
import threading
import time

connections = []
names = []


def broadcast(data, me):
    for c in connections[:]:
        if c is not me:
            try:
                c.sendall(data)
            except OSError:
                pass


def client_thread(c, addr):
    print("Connected with", addr)
    try:
        c.send(b"name\n")
        name = c.recv(1024).decode().strip()
        print("Name is", name)
        c.send(b"You are connected!\n")
        c.send(b"To terminate the connection to the server, enter leave\n")
        broadcast(f"{name} joined!\n".encode(), c)
        connections.append(c)
        names.append(name)
    except OSError:
        return
    try:
        while True:
            data = c.recv(1024)
            if data == b"" or data == f"*{name} left*\n".encode():
                break
            broadcast(data, c)
    except ConnectionError:
        pass
    i = connections.index(c)
    del connections[i]
    del names[i]
    broadcast(f"*{name} left*\n".encode(), c)
    time.sleep(0.1)
    c.close()


def main():
    s = socket.socket()
    s.bind(("127.0.0.1", 14901))
    s.listen(5)
    while 1:
        c, addr = s.accept()
        t = threading.Thread(target=client_thread, args=(c, addr))
        t.daemon = True
        t.start()


main()
