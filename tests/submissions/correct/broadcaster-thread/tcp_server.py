"""A thread for each user reads; one more sends everything, in order, from a queue."""
import argparse
import queue
import socket
import threading

users = {}
lock = threading.Lock()
waiting = queue.Queue()


class Broadcaster(threading.Thread):
    def run(self):
        while True:
            text, sender = waiting.get()
            with lock:
                others = [user for user in users.values() if user is not sender]
            for user in others:
                try:
                    user.connection.sendall(text.encode() + b"\n")
                except OSError:
                    pass


class User(threading.Thread):
    def __init__(self, connection, address):
        super().__init__(daemon=True)
        self.connection = connection
        self.address = address
        self.name_given = ""
        self.rest = b""

    def read_line(self):
        while b"\n" not in self.rest:
            try:
                data = self.connection.recv(16384)
            except OSError:
                return None
            if not data:
                return None
            self.rest += data
        line, _, self.rest = self.rest.partition(b"\n")
        return line.decode("utf-8", "replace")

    def run(self):
        print("Connected with", self.address)
        try:
            self.talk()
        finally:
            if self.name_given:
                with lock:
                    del users[self.name_given]
                waiting.put((f"*{self.name_given} left*", self))
            self.connection.close()

    def talk(self):
        while not self.name_given:
            self.connection.sendall(b"name\n")
            name = self.read_line()
            if name is None:
                return
            with lock:
                if name.strip() and name not in users:
                    users[name] = self
                    self.name_given = name
        print("Name is", name)
        self.connection.sendall(b"You are connected!\n")
        self.connection.sendall(b"To terminate the connection to the server, enter leave\n")
        waiting.put((f"{name} joined!", self))
        line = self.read_line()
        while line is not None and line != f"*{name} left*":
            waiting.put((line, self))
            line = self.read_line()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=14901)
    options = parser.parse_args()
    Broadcaster(daemon=True).start()
    with socket.create_server((options.host, options.port)) as listener:
        try:
            while True:
                User(*listener.accept()).start()
        except KeyboardInterrupt:
            print("bye")


main()
