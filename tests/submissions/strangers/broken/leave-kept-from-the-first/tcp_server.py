import argparse
import socket
import threading
import queue

users = {}
lock = threading.Lock()


class Writer(threading.Thread):
    def __init__(self, sock):
        super().__init__(daemon=True)
        self.sock, self.q = sock, queue.Queue()

    def run(self):
        while True:
            line = self.q.get()
            try:
                if line is None:
                    self.sock.shutdown(socket.SHUT_RDWR)
                    break
                self.sock.sendall(line)
            except OSError:
                break
        self.sock.close()

    def line(self, text):
        self.q.put(bytes(text + "\n", "utf-8"))


class Reader(threading.Thread):
    def __init__(self, sock, addr):
        super().__init__(daemon=True)
        self.sock = sock
        self.addr = addr
        self.writer = Writer(sock)
        self.name_ = None

    def run(self):
        print("Connected with", self.addr)
        self.writer.start()
        self.writer.line("name")
        buf = b""
        while True:
            try:
                data = self.sock.recv(16384)
            except OSError:
                data = b""
            if not data:
                break
            buf += data
            *lines, buf = buf.split(b"\n")
            if not all([self.one(l.decode("utf-8", "replace")) for l in self.until(lines)]):
                break
        self.gone()

    def until(self, lines):
        for l in lines:
            yield l
            if self.name_ and l.decode("utf-8", "replace") == f"*{self.name_} left*":
                return

    def one(self, line):
        if self.name_ is None:
            name = line.strip()
            with lock:
                if not name or name in users:
                    self.writer.line("name")
                    return True
                self.name_ = name
                self.writer.line("You are connected!")
                self.writer.line("To terminate the connection to the server, enter leave")
                for w in users.values():
                    w.line(name + " joined!")
                users[name] = self.writer
                print("Name is", name)
            return True
        if line == f"*{self.name_} left*":
            return False
        with lock:
            for n in users:
                if n != self.name_:
                    users[n].line(line)
        return True

    def gone(self):
        with lock:
            if self.name_:
                users.pop(self.name_)
                writers = list(users.values())
                if len(writers) > 1:
                    writers = writers[1:]
                for w in writers:
                    w.line(f"*{self.name_} left*")
        self.writer.q.put(None)


parser = argparse.ArgumentParser()
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, default=14901)
args = parser.parse_args()
s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind((args.host, args.port))
s.listen(128)
try:
    while True:
        Reader(*s.accept()).start()
except KeyboardInterrupt:
    print("stopped")
