import argparse
import atexit
import contextlib
import os
import socket
import sys
import threading


class Client:
    def __init__(self, host, port):
        self.address = (host, port)
        self.sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.sock.connect(self.address)
        self.name = None

    def say(self, text):
        self.sock.send(text.encode("utf-8", "replace"))

    def bye(self):
        # whatever happens, the others shall know
        with contextlib.suppress(OSError):
            self.say(f"*{self.name} left*")

    def ask_name(self):
        while True:
            name = input("What is your name? ").strip()
            self.say(name)
            answer = self.sock.recv(16384).decode("utf-8", "replace")
            if answer != "name":
                print(answer)
                self.name = name
                return

    def listen(self):
        try:
            while True:
                print(self.sock.recv(16384).decode("utf-8", "replace"), flush=True)
        except OSError:
            print("The server went away.", file=sys.stderr)
            os._exit(1)

    def run(self):
        self.ask_name()
        atexit.register(self.bye)
        threading.Thread(target=self.listen, daemon=True).start()
        while True:
            text = input()
            if text == "leave":
                self.bye()
                break
            if text:
                self.say(f"{self.name}: {text}")


if __name__ == "__main__":
    p = argparse.ArgumentParser()
    p.add_argument("--host", default="127.0.0.1")
    p.add_argument("--port", type=int, default=14901)
    a = p.parse_args()
    with contextlib.suppress(EOFError, KeyboardInterrupt):
        Client(a.host, a.port).run()
