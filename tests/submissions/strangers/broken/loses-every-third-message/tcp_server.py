"""Chat server, lab 4. One Guest thread per connection plus a writer."""
import argparse
import queue
import socket
from threading import Lock, Thread


class Guest(Thread):
    everyone = {}
    gate = Lock()

    def __init__(self, sock, address):
        super().__init__(daemon=True)
        self.sock = sock
        self.address = address
        self.nick = None
        self.outbox = queue.Queue()
        self.said = 0

    def post(self, text):
        self.outbox.put(text.encode("utf-8") + b"\n")

    def pump(self):
        try:
            while (data := self.outbox.get()) is not None:
                self.sock.sendall(data)
        except OSError:
            pass
        finally:
            try:
                self.sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            self.sock.close()

    def others(self, text):
        for guest in self.everyone.values():
            if guest is not self:
                guest.post(text)

    def lines(self):
        try:
            with self.sock.makefile("rb") as stream:
                for raw in stream:
                    if raw.endswith(b"\n"):
                        yield raw[:-1].decode("utf-8", "replace")
        except OSError:
            return

    def enter(self, lines):
        self.post("name")
        for answer in lines:
            answer = answer.strip()
            with self.gate:
                if answer and answer not in self.everyone:
                    self.nick = answer
                    self.everyone[answer] = self
                    self.post("You are connected!")
                    self.post("To terminate the connection to the server, enter leave")
                    self.others(f"{answer} joined!")
                    print("Name is", answer, flush=True)
                    return True
            self.post("name")
        return False

    def run(self):
        print("Connected with", self.address, flush=True)
        Thread(target=self.pump, daemon=True).start()
        lines = self.lines()
        if self.enter(lines):
            for line in lines:
                if line == f"*{self.nick} left*":
                    break
                self.said += 1
                if self.said % 3:
                    with self.gate:
                        self.others(line)
            with self.gate:
                del self.everyone[self.nick]
                self.others(f"*{self.nick} left*")
        self.outbox.put(None)
        lines.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=14901)
    args = parser.parse_args()
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind((args.host, args.port))
        door.listen(128)
        try:
            while True:
                Guest(*door.accept()).start()
        except KeyboardInterrupt:
            print("bye")


if __name__ == "__main__":
    main()
