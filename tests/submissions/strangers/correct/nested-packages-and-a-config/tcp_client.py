import socket
import sys

from chatkit import Settings
from chatkit.client.screen import Screen
from chatkit.wire.lines import LineSocket


def introduce(line_socket, incoming, texts):
    for line in incoming:
        if line == texts["ask"]:
            name = input("What is your name? ").strip()
            line_socket.write(name)
        else:
            print(line, flush=True)
            if line == texts["welcome"][0]:
                return name
    sys.exit("The server has gone.")


def main():
    settings = Settings(__file__)
    try:
        sock = socket.create_connection(settings.address)
    except OSError as error:
        sys.exit(f"no connection: {error}")
    line_socket = LineSocket(sock, settings.buffer)
    incoming = iter(line_socket)
    try:
        name = introduce(line_socket, incoming, settings.texts)
    except (EOFError, KeyboardInterrupt):
        return
    screen = Screen(incoming)
    screen.start()
    try:
        while (text := input()) != "leave":
            if text:
                line_socket.write(f"{name}: {text}")
    except (EOFError, KeyboardInterrupt):
        pass
    screen.expected.set()
    line_socket.write(settings.texts["left"].format(name=name))
    screen.join(2)
    line_socket.close()


if __name__ == "__main__":
    main()
