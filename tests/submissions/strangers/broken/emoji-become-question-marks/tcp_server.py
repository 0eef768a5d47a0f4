import argparse
import socket
import threading
from queue import Queue

ENCODING = "utf-8"


class BasicText(str):
    """Text for old terminals: nothing above U+FFFF"""

    def plain(self):
        return "".join(c if ord(c) < 0x10000 else "?" for c in self)


class Talker:
    all = {}
    lock = threading.RLock()

    def __init__(self, conn):
        self.conn = conn
        self.out = Queue()
        self.name = None

    @classmethod
    def tell(cls, sender, text):
        with cls.lock:
            for t in cls.all.values():
                if t is not sender:
                    t.out.put(text)

    def accept_name(self, name):
        with self.lock:
            if not name or name in self.all:
                return False
            self.name = name
            self.all[name] = self
            self.out.put("You are connected!")
            self.out.put("To terminate the connection to the server, enter leave")
            self.tell(self, f"{name} joined!")
        return True

    def speak(self):
        try:
            while (text := self.out.get()) is not None:
                self.conn.sendall(text.encode(ENCODING) + b"\n")
            self.conn.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.conn.close()

    def hear(self):
        rest = b""
        while True:
            try:
                block = self.conn.recv(16384)
            except OSError:
                break
            if not block:
                break
            rest += block
            while (cut := rest.find(b"\n")) >= 0:
                text, rest = rest[:cut].decode(ENCODING, "replace"), rest[cut + 1:]
                yield text

    def run(self):
        ear = self.hear()
        self.out.put("name")
        for text in ear:
            if self.name is None:
                if self.accept_name(text.strip()):
                    print("Name is", self.name)
                else:
                    self.out.put("name")
            elif text == f"*{self.name} left*":
                break
            else:
                self.tell(self, BasicText(text).plain())
        if self.name is not None:
            with self.lock:
                del self.all[self.name]
                self.tell(self, f"*{self.name} left*")
        self.out.put(None)


if __name__ == "__main__":
    cli = argparse.ArgumentParser()
    cli.add_argument("--host", default="127.0.0.1")
    cli.add_argument("--port", type=int, default=14901)
    cli = cli.parse_args()
    srv = socket.create_server((cli.host, cli.port), backlog=128)
    try:
        while True:
            conn, addr = srv.accept()
            print("Connected with", addr)
            talker = Talker(conn)
            threading.Thread(target=talker.speak, daemon=True).start()
            threading.Thread(target=talker.run, daemon=True).start()
    except KeyboardInterrupt:
        srv.close()
