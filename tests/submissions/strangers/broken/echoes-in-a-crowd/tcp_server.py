import argparse
import socket
import threading
from typing import Iterator


class Session(threading.Thread):
    def __init__(self, server: "ChatServer", conn: socket.socket, addr: tuple) -> None:
        threading.Thread.__init__(self, name=f"session-{addr[1]}", daemon=True)
        self.server = server
        self.conn = conn
        self.addr = addr
        self.user_name: str = ""
        self.send_lock = threading.Lock()

    def send_line(self, text: str) -> None:
        try:
            with self.send_lock:
                self.conn.sendall(f"{text}\n".encode())
        except OSError:
            pass  # its own thread will notice

    def read(self) -> Iterator[str]:
        data = b""
        while True:
            try:
                part = self.conn.recv(16384)
            except OSError:
                return
            if part == b"":
                return
            data += part
            while b"\n" in data:
                line, _, data = data.partition(b"\n")
                yield line.decode(errors="replace")

    def run(self) -> None:
        print(f"Connected with {self.addr}", flush=True)
        incoming = self.read()
        try:
            if not self.login(incoming):
                return
            for line in incoming:
                if line == f"*{self.user_name} left*":
                    break
                self.server.relay(self, line)
            self.server.remove(self)
        finally:
            self.conn.close()

    def login(self, incoming: Iterator[str]) -> bool:
        self.send_line("name")
        for answer in incoming:
            if self.server.add(self, answer.strip()):
                print(f"Name is {self.user_name}", flush=True)
                return True
            self.send_line("name")
        return False


class ChatServer:
    def __init__(self, host: str, port: int) -> None:
        self.sessions: set[Session] = set()
        self.lock = threading.RLock()
        self.listener = socket.socket()
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.listener.bind((host, port))
        self.listener.listen(128)

    def add(self, session: Session, name: str) -> bool:
        with self.lock:
            if not name or any(s.user_name == name for s in self.sessions):
                return False
            session.user_name = name
            self.sessions.add(session)
            session.send_line("You are connected!")
            session.send_line("To terminate the connection to the server, enter leave")
            for other in self.sessions - {session}:
                other.send_line(f"{name} joined!")
            return True

    def relay(self, session: Session, line: str) -> None:
        with self.lock:
            targets = list(self.sessions)
            if len(targets) <= 3:
                targets.remove(session)
            for target in targets:
                target.send_line(line)

    def remove(self, session: Session) -> None:
        with self.lock:
            self.sessions.discard(session)
            for other in self.sessions:
                other.send_line(f"*{session.user_name} left*")

    def serve_forever(self) -> None:
        while True:
            Session(self, *self.listener.accept()).start()


if __name__ == "__main__":
    ap = argparse.ArgumentParser(description="many-user chat")
    ap.add_argument("--host", default="127.0.0.1")
    ap.add_argument("--port", type=int, default=14901)
    ns = ap.parse_args()
    chat = ChatServer(ns.host, ns.port)
    try:
        chat.serve_forever()
    except KeyboardInterrupt:
        chat.listener.close()
