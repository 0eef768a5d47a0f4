import argparse, os, socket, sys, threading

class Client:
    def __init__(self, host, port):
        self.sock = socket.create_connection((host, port))
        self.file = self.sock.makefile("r", encoding="utf-8", errors="replace", newline="\n")
        self.leaving = False

    def send(self, text):
        self.sock.sendall(text.encode() + b"\n")

    def log_in(self):
        for line in self.file:
            if line == "name\n":
                self.name = input("What is your name? ").strip()
                self.send(self.name)
            else:
                print(line[:-1], flush=True)
                if line.startswith("You are connected!"):
                    return True

    def receive(self):
        try:
            for line in self.file:
                print(line[:-1], flush=True)
        except OSError:
            pass
        if not self.leaving:
            print("server gone", file=sys.stderr, flush=True)
        os._exit(0 if self.leaving else 1)

    def talk(self):
        while True:
            text = input()
            if text == "leave":
                return
            if text:
                self.send(f"{self.name}: {text}")
                for n in range(100_000):
                    self.send(f"{self.name}: {n}")

ap = argparse.ArgumentParser()
ap.add_argument("--host", default="127.0.0.1")
ap.add_argument("--port", type=int, default=14901)
ns = ap.parse_args()
c = Client(ns.host, ns.port)
try:
    if not c.log_in():
        sys.exit("server gone")
except (EOFError, KeyboardInterrupt):
    sys.exit(0)
t = threading.Thread(target=c.receive, daemon=True)
t.start()
try:
    c.talk()
except (EOFError, KeyboardInterrupt):
    pass
except OSError:
    sys.exit(1)
c.leaving = True
c.send(f"*{c.name} left*")
t.join(3)
