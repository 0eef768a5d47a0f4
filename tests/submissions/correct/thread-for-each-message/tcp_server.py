"""Chat server: a thread for each client, and one more for each message that is passed on."""

import os
import socket
from threading import Lock, Thread

people = []
people_lock = Lock()


class Person(Thread):
    def __init__(self, sock):
        Thread.__init__(self, daemon=True)
        self.sock = sock
        self.sending = Lock()
        self.name_in_chat = None

    def send(self, text):
        with self.sending:
            try:
                self.sock.sendall(text.encode("utf-8") + b"\n")
            except OSError:
                pass

    def send_to_others(self, text):
        with people_lock:
            others = [person for person in people if person is not self]

        def deliver():
            for person in others:
                person.send(text)

        Thread(target=deliver, daemon=True).start()

    def run(self):
        with self.sock, self.sock.makefile("rb") as lines:
            try:
                self.talk(lines)
            except OSError:
                pass
            if self.name_in_chat:
                with people_lock:
                    people.remove(self)
                self.send_to_others(f"*{self.name_in_chat} left*")

    def talk(self, lines):
        self.send("name")
        for line in lines:
            if not line.endswith(b"\n"):
                return
            text = line.decode("utf-8", "replace")[:-1]
            if self.name_in_chat is None:
                with people_lock:
                    if text and text not in [person.name_in_chat for person in people]:
                        self.name_in_chat = text
                        people.append(self)
                if self.name_in_chat is None:
                    self.send("name")
                    continue
                self.send("You are connected!")
                self.send("To terminate the connection to the server, enter leave")
                self.send_to_others(f"{text} joined!")
            elif text == f"*{self.name_in_chat} left*":
                return
            else:
                self.send_to_others(text)


server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(("", 14901))
server.listen(100)
try:
    while True:
        sock, address = server.accept()
        print("Connected with", address)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        Person(sock).start()
except KeyboardInterrupt:
    os._exit(0)
