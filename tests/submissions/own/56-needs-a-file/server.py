import json
import socket
import threading

with open("config.json") as file:
    settings = json.load(file)
log = open("chat.log", "a")
users = {}


def send(text, but=None):
    log.write(text + "\n")
    log.flush()
    for conn in list(users):
        if conn is not but:
            try:
                conn.sendall((text + "\n").encode())
            except OSError:
                pass


def work(conn):
    name = conn.recv(1024).decode()
    send(f"+ {name}")
    users[conn] = name
    while True:
        try:
            text = conn.recv(1024).decode()
        except OSError:
            text = ""
        if not text:
            break
        send(f"{name}: {text}", conn)
    del users[conn]
    send(f"- {name}")


listener = socket.create_server((settings["host"], settings["port"]))
while True:
    conn, _ = listener.accept()
    threading.Thread(target=work, args=(conn,)).start()
