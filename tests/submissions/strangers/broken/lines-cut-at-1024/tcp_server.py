import argparse
import queue
import socket
import threading

LIMIT = 1024          # длиннее сообщений не бывает


def writer(sock, q):
    while True:
        data = q.get()
        if data is None:
            break
        try:
            sock.sendall(data)
        except OSError:
            break
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    sock.close()


class Server:
    def __init__(self, host, port):
        self.users = {}
        self.lock = threading.Lock()
        self.listener = socket.create_server((host, port), backlog=128)

    def start(self):
        while True:
            sock, addr = self.listener.accept()
            q = queue.Queue()
            threading.Thread(target=writer, args=(sock, q), daemon=True).start()
            threading.Thread(target=self.reader, args=(sock, addr, q), daemon=True).start()

    def put(self, q, text):
        q.put(text[:LIMIT].encode("utf-8") + b"\n")

    def cast(self, name, text):
        for other, q in self.users.items():
            if other != name:
                self.put(q, text)

    def reader(self, sock, addr, q):
        print("Connected with", addr)
        name = None
        self.put(q, "name")
        f = sock.makefile("rb")
        try:
            while True:
                raw = f.readline()
                if not raw.endswith(b"\n"):
                    break
                line = raw[:-1].decode("utf-8", "replace")
                if name is None:
                    line = line.strip()
                    with self.lock:
                        if not line or line in self.users:
                            self.put(q, "name")
                            continue
                        name = line
                        self.put(q, "You are connected!")
                        self.put(q, "To terminate the connection to the server, enter leave")
                        self.users[name] = q
                        self.cast(name, f"{name} joined!")
                    print("Name is", name)
                elif line == f"*{name} left*":
                    break
                else:
                    with self.lock:
                        self.cast(name, line)
        except OSError:
            pass
        f.close()
        if name is not None:
            with self.lock:
                del self.users[name]
                self.cast(name, f"*{name} left*")
        q.put(None)


parser = argparse.ArgumentParser()
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, default=14901)
args = parser.parse_args()
try:
    Server(args.host, args.port).start()
except KeyboardInterrupt:
    pass
