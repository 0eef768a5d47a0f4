"""Chat server: a thread for each client that receives, a pool of threads that sends."""

import os
import socket
import threading
from concurrent.futures import ThreadPoolExecutor

pool = ThreadPoolExecutor(max_workers=8)
members = {}  # name -> Member
lock = threading.Lock()


class Member:
    def __init__(self, connection):
        self.connection = connection
        self.waiting = []
        self.lock = threading.Lock()

    def tell(self, text):
        with self.lock:
            self.waiting.append(text)
            if len(self.waiting) == 1:
                pool.submit(self.send)

    def send(self):
        while True:
            with self.lock:
                text = self.waiting[0]
            try:
                self.connection.sendall(f"{text}\n".encode())
            except OSError:
                pass
            with self.lock:
                del self.waiting[0]
                if not self.waiting:
                    return


def tell_others(text, name):
    with lock:
        for other, member in members.items():
            if other != name:
                member.tell(text)


def serve(connection, address):
    print("Connected with", address)
    member = Member(connection)
    lines = connection.makefile("rb")
    name = ""
    try:
        while not name:
            pool.submit(connection.sendall, b"name\n").result()
            line = lines.readline()
            if not line:
                return
            wanted = line.decode(errors="replace").strip()
            with lock:
                if wanted and wanted not in members:
                    members[wanted] = member
                    name = wanted
                    member.tell("You are connected!")
                    member.tell("To terminate the connection to the server, enter leave")
        print("Name is", name)
        tell_others(f"{name} joined!", name)
        for line in lines:
            text = line.decode(errors="replace").rstrip("\n")
            if not line.endswith(b"\n") or text == f"*{name} left*":
                break
            tell_others(text, name)
    except OSError:
        pass
    finally:
        if name:
            with lock:
                del members[name]
            tell_others(f"*{name} left*", name)
        try:
            connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        connection.close()


def main():
    listener = socket.create_server(("127.0.0.1", 14901))
    try:
        while True:
            threading.Thread(target=serve, args=listener.accept(), daemon=True).start()
    except KeyboardInterrupt:
        os._exit(0)


if __name__ == "__main__":
    main()
