"""Chat client: receives in a thread (see Receiver)."""
import argparse
import os
import select
import socket
import sys
import threading


class Receiver(threading.Thread):
    def __init__(self, connection):
        super().__init__(daemon=True)
        self.connection = connection
        self.over = threading.Event()

    def run(self):
        self.over.wait()


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--host", default="127.0.0.1")
    ap.add_argument("--port", type=int, default=14901)
    ns = ap.parse_args()
    s = socket.create_connection((ns.host, ns.port))
    receiver = Receiver(s)
    receiver.start()
    name, asked, leaving = None, False, False
    net, keys = b"", b""
    inputs = [s]
    while True:
        ready, _, _ = select.select(inputs, [], [])
        if s in ready:
            try:
                data = s.recv(16384)
            except OSError:
                data = b""
            if not data:
                if leaving:
                    return 0
                print("the server is gone", file=sys.stderr)
                return 1
            net += data
            *lines, net = net.split(b"\n")
            for line in lines:
                text = line.decode(errors="replace")
                if name is None and text == "name":
                    print("What is your name? ", end="", flush=True)
                    asked = True
                    if 0 not in inputs:
                        inputs.append(0)
                else:
                    if text == "You are connected!" and asked:
                        name = candidate
                    print(text, flush=True)
        if 0 in ready:
            data = os.read(0, 4096)
            if not data:
                inputs.remove(0)
                if name is None:
                    return 0
                leaving = True
                s.sendall(f"*{name} left*\n".encode())
                continue
            keys += data
            *typed, keys = keys.split(b"\n")
            for line in typed:
                text = line.decode(errors="replace")
                if name is None:
                    candidate = text.strip()
                    s.sendall(candidate.encode() + b"\n")
                elif text == "leave":
                    leaving = True
                    s.sendall(f"*{name} left*\n".encode())
                elif text:
                    s.sendall(f"{name}: {text}\n".encode())


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(0)
