# chat server: all messages are lines, only the question for the name has no end

import socket
import threading

people = {}
lock = threading.Lock()


def to_all(data, sender):
    with lock:
        for c in people:
            if c is not sender:
                try:
                    c.sendall(data)
                except OSError:
                    pass


def client_thread(c, addr):
    print("Connected with", addr)
    try:
        c.sendall(b"name")
        name = c.recv(1024).decode().strip()
        if not name:
            return
        print("Name is", name)
        with lock:
            people[c] = name
        c.sendall(b"You are connected!\nTo terminate the connection to the server, enter leave\n")
        to_all(f"{name} joined!\n".encode(), c)
        while True:
            data = c.recv(1024)
            if not data or data.strip() == f"*{name} left*".encode():
                break
            to_all(data.rstrip(b"\n") + b"\n", c)
    except OSError:
        pass
    with lock:
        del people[c]
    to_all(f"*{name} left*\n".encode(), c)
    c.close()


s = socket.socket()
s.bind(("127.0.0.1", 14901))
s.listen()
while True:
    threading.Thread(target=client_thread, args=s.accept(), daemon=True).start()
