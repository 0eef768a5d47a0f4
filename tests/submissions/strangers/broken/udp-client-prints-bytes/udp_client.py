import argparse
import socket
import sys
import threading
import os


def receive(sock):
    while True:
        try:
            data = sock.recv(16384)
        except OSError:
            print("server is gone", file=sys.stderr)
            os._exit(1)
        print(data, flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=14901)
    args = parser.parse_args()
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.connect((args.host, args.port))
    name = ""
    try:
        while True:
            name = input("What is your name? ").strip()
            sock.send(name.encode())
            answer = sock.recv(16384).decode()
            if answer != "name":
                print(answer, flush=True)
                break
    except (EOFError, KeyboardInterrupt):
        return
    except ConnectionRefusedError:
        print("no server", file=sys.stderr)
        sys.exit(1)
    threading.Thread(target=receive, args=(sock,), daemon=True).start()
    try:
        while (text := input()) != "leave":
            if text:
                sock.send(f"{name}: {text}".encode())
    except (EOFError, KeyboardInterrupt):
        pass
    sock.send(f"*{name} left*".encode())


main()
