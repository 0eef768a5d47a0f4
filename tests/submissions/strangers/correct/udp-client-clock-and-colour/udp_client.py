import argparse
import datetime
import select
import socket
import threading


class Colour:
    GREY, GREEN, OFF = "\x1b[90m", "\x1b[32m", "\x1b[0m"


def show(text):
    now = datetime.datetime.now().strftime("%H:%M")
    print(f"\r\x1b[2K{Colour.GREY}{now}{Colour.OFF} {Colour.GREEN}{text}{Colour.OFF}", flush=True)


class Ear:
    def __init__(self, sock):
        self.sock = sock
        self.open = True
        self.timer = threading.Timer(0.0, self.listen)      # a thread is a thread
        self.timer.daemon = True
        self.timer.start()

    def listen(self):
        while self.open:
            ready, _, _ = select.select([self.sock], [], [], 0.5)
            if ready and self.open:
                try:
                    show(self.sock.recv(16384).decode("utf-8", "replace"))
                except ConnectionError:
                    show("(the server does not answer)")

    def close(self):
        self.open = False
        self.timer.join(1)


def introduce(sock):
    while True:
        name = input("What is your name? ").strip()
        sock.send(name.encode("utf-8"))
        reply = sock.recv(16384).decode("utf-8", "replace")
        if reply != "name":
            show(reply)
            return name


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=14901)
    args = parser.parse_args()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.connect((args.host, args.port))
        try:
            name = introduce(sock)
        except (EOFError, KeyboardInterrupt):
            return
        ear = Ear(sock)
        try:
            for text in iter(input, "leave"):
                if text:
                    sock.send(f"{name}: {text}".encode("utf-8"))
        except (EOFError, KeyboardInterrupt):
            pass
        sock.send(f"*{name} left*".encode("utf-8"))
        ear.close()


if __name__ == "__main__":
    main()
