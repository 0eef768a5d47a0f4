import json
import socket
import threading

settings = json.load(open("settings.json"))
sock = socket.create_connection((settings["host"], settings["port"]))
sock.sendall(input("Name? ").encode())


def show():
    while True:
        data = sock.recv(1024)
        if not data:
            break
        print(data.decode(), end="")


threading.Thread(target=show, daemon=True).start()
while True:
    text = input()
    if text in ("quit", "exit"):
        break
    if text == "/help":
        print("quit leaves")
        continue
    sock.sendall(text.encode())
