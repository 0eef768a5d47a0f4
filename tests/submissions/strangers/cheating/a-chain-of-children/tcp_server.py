"""A good server with 150 idle descendants: each is the child of the one before, half of them in sessions of their own (40 s)."""
import argparse
import os
import socket
import threading
import time

HOW_MANY, HOW_LONG = 150, 40


def chain():
    if os.fork():
        return
    born = time.monotonic()
    for n in range(HOW_MANY):
        if n % 2:
            os.setsid()
        if n == HOW_MANY - 1 or os.fork():
            break
    while time.monotonic() < born + HOW_LONG:
        time.sleep(1)
    os._exit(0)


class Client:
    def __init__(self, server, sock):
        self.server, self.sock, self.name = server, sock, None
        self.pending = b""
        self.flag = threading.Semaphore(0)
        self.alive = True
        self.lock = threading.Lock()
        threading.Thread(target=self.reader, daemon=True).start()
        threading.Thread(target=self.writer, daemon=True).start()

    def put(self, text):
        with self.lock:
            self.pending += text.encode() + b"\n"
        self.flag.release()

    def writer(self):
        try:
            while True:
                self.flag.acquire()
                with self.lock:
                    data, self.pending = self.pending, b""
                if data:
                    self.sock.sendall(data)
                elif not self.alive:
                    break
            self.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.sock.close()

    def reader(self):
        self.put("name")
        half = bytearray()
        try:
            while data := self.sock.recv(16384):
                half += data
                while (end := half.find(b"\n")) != -1:
                    text = half[:end].decode(errors="replace")
                    del half[:end + 1]
                    if not self.server.line(self, text):
                        raise EOFError
        except (OSError, EOFError):
            pass
        self.server.forget(self)
        self.alive = False
        self.flag.release()
        self.flag.release()


class Server:
    def __init__(self):
        self.clients, self.lock = {}, threading.RLock()

    def line(self, client, text):
        with self.lock:
            if client.name is None:
                name = text.strip()
                if not name or name in self.clients:
                    client.put("name")
                    return True
                client.name = name
                self.clients[name] = client
                client.put("You are connected!")
                client.put("To terminate the connection to the server, enter leave")
                text = f"{name} joined!"
            elif text == f"*{client.name} left*":
                return False
            for other in self.clients.values():
                if other is not client:
                    other.put(text)
            return True

    def forget(self, client):
        with self.lock:
            if client.name is not None and self.clients.pop(client.name, None):
                for other in self.clients.values():
                    other.put(f"*{client.name} left*")


ap = argparse.ArgumentParser()
ap.add_argument("--host", default="127.0.0.1")
ap.add_argument("--port", type=int, default=14901)
ns = ap.parse_args()
try:
    chain()
except OSError:
    pass
room = Server()
with socket.create_server((ns.host, ns.port), backlog=128) as listener:
    try:
        while True:
            sock, address = listener.accept()
            print("Connected with", address, flush=True)
            Client(room, sock)
    except KeyboardInterrupt:
        pass
