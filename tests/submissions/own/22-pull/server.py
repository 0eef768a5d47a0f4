import socket
import threading

messages = []


def serve(conn):
    name = conn.recv(1024).decode()
    seen = len(messages)
    while True:
        text = conn.recv(1024).decode()
        if not text:
            break
        if text == ".":
            new = [m for who, m in messages[seen:] if who != name]
            seen = len(messages)
            conn.send(("\n".join(new) or "nothing new").encode())
        else:
            messages.append((name, name + ": " + text))
            conn.send(b"ok")


s = socket.socket()
s.bind(("", 2222))
s.listen()
while True:
    c, _ = s.accept()
    threading.Thread(target=serve, args=(c,)).start()
