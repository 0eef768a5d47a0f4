import argparse
import os
import queue
import socket
import sys
import threading

news = queue.Queue()


def receiving(sock):
    """puts everything that comes in into the queue"""
    while True:
        try:
            news.put(sock.recv(16384).decode("utf-8", "replace"))
        except ConnectionRefusedError:
            print("the server has gone", file=sys.stderr)
            os._exit(1)


def show_news():
    while not news.empty():
        print(news.get(), flush=True)


def ask(sock):
    while True:
        name = input("What is your name? ").strip()
        sock.send(name.encode())
        try:
            first = sock.recv(16384).decode("utf-8", "replace")
        except ConnectionRefusedError:
            sys.exit("no server there")
        if first != "name":
            print(first, flush=True)
            return name


def main():
    cli = argparse.ArgumentParser()
    cli.add_argument("--host", default="127.0.0.1")
    cli.add_argument("--port", type=int, default=14901)
    o = cli.parse_args()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.connect((o.host, o.port))
        try:
            name = ask(sock)
        except (EOFError, KeyboardInterrupt):
            return
        threading.Thread(target=receiving, args=(sock,), daemon=True).start()
        try:
            while True:
                show_news()
                text = input()
                if text == "leave":
                    break
                if text:
                    sock.send(f"{name}: {text}".encode())
        except (EOFError, KeyboardInterrupt):
            pass
        sock.send(f"*{name} left*".encode())


main()
