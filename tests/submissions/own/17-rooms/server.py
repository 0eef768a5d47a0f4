import json
import socket
import threading

rooms = {}
lock = threading.Lock()


def publish(room, event, but=None):
    packet = (json.dumps(event) + "\n").encode()
    with lock:
        for sock in rooms.get(room, []):
            if sock is not but:
                try:
                    sock.sendall(packet)
                except OSError:
                    pass


def session(sock):
    stream = sock.makefile("r", encoding="utf-8")
    hello = json.loads(stream.readline())
    room, name = hello["room"], hello["name"]
    publish(room, {"kind": "info", "text": f"{name} joined room {room}"})
    with lock:
        rooms.setdefault(room, []).append(sock)
    try:
        for line in stream:
            event = json.loads(line)
            if event["kind"] == "bye":
                break
            publish(room, {"kind": "text", "name": name, "text": event["text"]}, sock)
    except (OSError, ValueError):
        pass
    with lock:
        rooms[room].remove(sock)
    sock.close()
    publish(room, {"kind": "info", "text": f"{name} left room {room}"})


with socket.create_server(("", 5050)) as server:
    while True:
        sock, _ = server.accept()
        threading.Thread(target=session, args=(sock,), daemon=True).start()
