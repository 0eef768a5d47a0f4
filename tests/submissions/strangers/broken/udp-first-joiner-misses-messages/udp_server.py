import argparse
import dataclasses
import socket
import threading


@dataclasses.dataclass(frozen=True)
class User:
    name: str
    address: tuple


class Server:
    def __init__(self, host, port):
        self.sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
        self.sock.bind((host, port))
        self.users = []
        self.stop = threading.Event()

    def post(self, text, user):
        try:
            self.sock.sendto(text.encode("utf-8"), user.address)
        except OSError:
            pass

    def find(self, address):
        for index, user in enumerate(self.users):
            if user.address == address:
                return index
        return -1

    def newcomer(self, text, address):
        user = User(text.strip(), address)
        if not user.name or user.name in [u.name for u in self.users]:
            self.post("name", user)
            return
        print("Connected with", address, flush=True)
        print("Name is", user.name, flush=True)
        self.post("You are connected!", user)
        self.post("To terminate the connection to the server, enter leave", user)
        for other in self.users:
            self.post(f"{user.name} joined!", other)
        self.users.append(user)

    def message(self, text, sender):
        for i in range(1, len(self.users)):
            if i != sender:
                self.post(text, self.users[i])

    def leave(self, index):
        user = self.users.pop(index)
        for other in self.users:
            self.post(f"*{user.name} left*", other)

    def receive(self):
        while True:
            try:
                data, address = self.sock.recvfrom(16384)
            except OSError:
                if self.stop.is_set():
                    return
                continue
            text = data.decode("utf-8", "replace")
            index = self.find(address)
            if index < 0:
                self.newcomer(text, address)
            elif text == f"*{self.users[index].name} left*":
                self.leave(index)
            else:
                self.message(text, index)

    def start(self):
        threading.Thread(target=self.receive, daemon=True).start()
        try:
            self.stop.wait()
        except KeyboardInterrupt:
            self.stop.set()
            self.sock.close()


if __name__ == "__main__":
    p = argparse.ArgumentParser()
    p.add_argument("--host", default="127.0.0.1")
    p.add_argument("--port", type=int, default=14901)
    a = p.parse_args()
    Server(a.host, a.port).start()
