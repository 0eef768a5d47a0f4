import argparse
import os
import socket
import sys
import threading


class ChatClient:
    def __init__(self, host, port):
        self.conn = socket.create_connection((host, port))
        self.stream = self.conn.makefile("r", encoding="utf-8", errors="replace", newline="\n")
        self.name = ""
        self.leaving = threading.Event()

    def send(self, text):
        self.conn.sendall((text + "\n").encode("utf-8", "replace"))

    def login(self):
        for line in self.stream:
            line = line.rstrip("\n")
            if line == "name":
                self.name = input("What is your name? ").strip()
                self.send(self.name)
            else:
                print(line, flush=True)
            if line == "You are connected!":
                return True
        return False

    def receive(self):
        try:
            print(self.stream.readline(), end="", flush=True)
            while True:
                line = self.stream.readline()
                if not line.endswith("\n"):
                    break
                print(line, end="", flush=True)
                if not self.stream.readline():
                    break
        except OSError:
            pass
        if not self.leaving.is_set():
            print("server is gone", file=sys.stderr, flush=True)
            os._exit(1)

    def leave(self):
        self.leaving.set()
        try:
            self.send(f"*{self.name} left*")
        except OSError:
            pass

    def run(self):
        try:
            if not self.login():
                print("server is gone", file=sys.stderr)
                return 1
        except (EOFError, KeyboardInterrupt):
            return 0
        reader = threading.Thread(target=self.receive, daemon=True)
        reader.start()
        try:
            while True:
                text = input()
                if text == "leave":
                    break
                if text:
                    self.send(f"{self.name}: {text}")
        except (EOFError, KeyboardInterrupt):
            pass
        self.leave()
        reader.join(2)
        return 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=14901)
    args = parser.parse_args()
    sys.exit(ChatClient(args.host, args.port).run())
