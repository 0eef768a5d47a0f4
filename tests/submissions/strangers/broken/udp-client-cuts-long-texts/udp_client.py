from argparse import ArgumentParser
from os import _exit
from socket import AF_INET, SOCK_DGRAM, socket
from sys import stderr
from threading import Thread


class Screen(Thread):
    def __init__(self, source):
        super().__init__(daemon=True)
        self.source = source

    def run(self):
        try:
            while True:
                text = self.source.recv(16384).decode("utf-8", "replace")
                if len(text) > 80:
                    text = text[:77] + "..."
                print(text, flush=True)
        except OSError:
            print("Connection lost", file=stderr, flush=True)
            _exit(1)


def login(s):
    while True:
        name = input("What is your name? ").strip()
        s.send(name.encode())
        reply = s.recv(16384)
        if reply != b"name":
            print(reply.decode("utf-8", "replace"), flush=True)
            return name


def chat(s, name):
    while True:
        text = input()
        if text == "leave":
            return
        if text:
            s.send(f"{name}: {text}".encode())


def main():
    p = ArgumentParser()
    p.add_argument("--host", default="127.0.0.1")
    p.add_argument("--port", type=int, default=14901)
    o = p.parse_args()
    name = None
    with socket(AF_INET, SOCK_DGRAM) as s:
        s.connect((o.host, o.port))
        try:
            name = login(s)
            Screen(s).start()
            chat(s, name)
        except (EOFError, KeyboardInterrupt):
            pass
        if name:
            s.send(f"*{name} left*".encode())


if __name__ == "__main__":
    main()
