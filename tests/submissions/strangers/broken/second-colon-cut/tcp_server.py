import argparse
import socket
import threading
from queue import Queue


class User:
    def __init__(self, sock):
        self.sock = sock
        self.name = None
        self.box = Queue()
        threading.Thread(target=self.write, daemon=True).start()

    def send(self, text):
        self.box.put(text)

    def write(self):
        try:
            while True:
                text = self.box.get()
                if text is None:
                    break
                self.sock.sendall((text + "\n").encode("utf-8"))
            self.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.sock.close()


users = []
lock = threading.RLock()


def send_all(text, sender):
    with lock:
        for user in users:
            if user != sender:
                user.send(text)


def parse(line):
    # a message is "name: text"
    fields = line.split(":")
    if len(fields) < 2:
        return line
    return fields[0] + ":" + fields[1]


def handle(user):
    with user.sock.makefile("rb") as file:
        try:
            user.send("name")
            for raw in file:
                if raw[-1] != 10:
                    return
                name = raw.decode("utf-8", "replace").strip()
                with lock:
                    if name and name not in [u.name for u in users]:
                        user.name = name
                        user.send("You are connected!")
                        user.send("To terminate the connection to the server, enter leave")
                        send_all(name + " joined!", user)
                        users.append(user)
                        break
                user.send("name")
            if user.name is None:
                return
            print("Name is", user.name)
            for raw in file:
                if raw[-1] != 10:
                    return
                line = raw[:-1].decode("utf-8", "replace")
                if line == f"*{user.name} left*":
                    return
                send_all(parse(line), user)
        except OSError:
            return


def serve(sock, addr):
    print("Connected with", addr)
    user = User(sock)
    handle(user)
    if user.name is not None:
        with lock:
            users.remove(user)
            send_all(f"*{user.name} left*", user)
    user.send(None)


ap = argparse.ArgumentParser()
ap.add_argument("--host", default="127.0.0.1")
ap.add_argument("--port", type=int, default=14901)
args = ap.parse_args()
server = socket.create_server((args.host, args.port), backlog=128)
try:
    while True:
        threading.Thread(target=serve, args=server.accept(), daemon=True).start()
except KeyboardInterrupt:
    server.close()
