import json
import socket
import threading

host = input("Server host [localhost]: ") or "localhost"
name = input("Name: ")
room = input("Room: ")
sock = socket.create_connection((host, 5050))


def send(**event):
    sock.sendall((json.dumps(event) + "\n").encode())


def reader():
    for line in sock.makefile("r", encoding="utf-8"):
        event = json.loads(line)
        if event["kind"] == "text":
            print(f"{event['name']} | {event['text']}")
        else:
            print(f"-- {event['text']} --")


send(room=room, name=name)
threading.Thread(target=reader, daemon=True).start()
try:
    while True:
        text = input()
        if text == "close":
            break
        send(kind="text", text=text)
except (EOFError, KeyboardInterrupt):
    pass
send(kind="bye")
