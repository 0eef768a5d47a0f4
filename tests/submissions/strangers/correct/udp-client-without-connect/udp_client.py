import argparse
import socket
import threading
from collections.abc import Callable


class Line:
    """The way to one server, by sendto and recvfrom; what others send is not heard."""

    def __init__(self, host: str, port: int) -> None:
        self.there = (socket.gethostbyname(host), port)
        self.sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.sock.bind(("", 0))

    def say(self, text: str) -> None:
        self.sock.sendto(text.encode("utf-8"), self.there)

    def hear(self) -> str:
        while True:
            data, sender = self.sock.recvfrom(16384)
            if sender == self.there:
                return data.decode("utf-8", "replace")


def in_thread(function: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=function, daemon=True)
    thread.start()
    return thread


def forever(action: Callable[[], None]) -> Callable[[], None]:
    def loop() -> None:
        while True:
            action()
    return loop


def chat(line: Line) -> None:
    answer = "name"
    while answer == "name":
        name = input("What is your name? ").strip()
        line.say(name)
        answer = line.hear()
    print(answer, flush=True)
    in_thread(forever(lambda: print(line.hear(), flush=True)))
    try:
        while (text := input()) != "leave":
            if text:
                line.say(f"{name}: {text}")
    finally:
        line.say(f"*{name} left*")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=14901)
    options = parser.parse_args()
    try:
        chat(Line(options.host, options.port))
    except (EOFError, KeyboardInterrupt):
        pass
