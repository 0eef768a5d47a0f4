"""A chat server with one writer thread and one reader thread for each participant."""
import argparse
import socket
import threading
from dataclasses import dataclass, field
from queue import SimpleQueue


@dataclass(eq=False)
class Participant:
    sock: socket.socket
    name: str | None = None
    queue: SimpleQueue = field(default_factory=SimpleQueue)

    def write(self, text: str) -> None:
        self.queue.put(text)

    def close(self) -> None:
        self.queue.put(None)

    def flush_forever(self) -> None:
        try:
            while (text := self.queue.get()) is not None:
                self.sock.sendall(text.encode() + b"\n")
            self.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.sock.close()


class Server:
    def __init__(self) -> None:
        self.present: list[Participant] = []
        self.lock = threading.Lock()
        self.stale = False

    def others(self, who: Participant):
        return (p for p in self.present if p is not who)

    def named(self, who: Participant, name: str) -> None:
        if not name or any(p.name == name for p in self.present):
            who.write("name")
            return
        who.name = name
        print(f"Name is {name}")
        who.write("You are connected!")
        who.write("To terminate the connection to the server, enter leave")
        for p in self.others(who):
            p.write(f"{name} joined!")
        self.present.append(who)

    def line(self, who: Participant, text: str) -> bool:
        """Treats one line, says whether to go on with this participant"""
        with self.lock:
            if who.name is None:
                self.named(who, text.strip())
                return True
            if text == f"*{who.name} left*":
                return False
            for p in self.others(who):
                p.write(text)
            if self.stale:
                self.stale = False
                return False
            return True

    def serve(self, sock: socket.socket, address: tuple[str, int]) -> None:
        print(f"Connected with {address}")
        who = Participant(sock)
        threading.Thread(target=who.flush_forever, daemon=True).start()
        who.write("name")
        buffer = b""
        going = True
        while going:
            try:
                data = sock.recv(16384)
            except OSError:
                break
            if not data:
                break
            buffer += data
            while going and b"\n" in buffer:
                raw, buffer = buffer.split(b"\n", 1)
                going = self.line(who, raw.decode(errors="replace"))
        with self.lock:
            if who.name is not None:
                self.present.remove(who)
                for p in self.present:
                    p.write(f"*{who.name} left*")
                self.stale = len(self.present) > 0
        who.close()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=14901)
    arguments = parser.parse_args()
    server = Server()
    with socket.create_server((arguments.host, arguments.port), backlog=128) as listener:
        while True:
            sock, address = listener.accept()
            threading.Thread(target=server.serve, args=(sock, address), daemon=True).start()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        pass
