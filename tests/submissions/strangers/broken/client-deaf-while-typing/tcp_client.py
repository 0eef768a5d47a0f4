import argparse
import os
import socket
import sys
import threading

typing_now = threading.Event()
leaving = threading.Event()


def receive(stream):
    """Does not disturb anybody who is typing"""
    try:
        while raw := stream.readline():
            if raw.endswith(b"\n") and not typing_now.is_set():
                print(raw[:-1].decode("utf-8", "replace"), flush=True)
    except OSError:
        pass
    if not leaving.is_set():
        print("server gone", file=sys.stderr, flush=True)
        os._exit(1)


def ask(prompt=""):
    typing_now.set()
    try:
        return input(prompt)
    finally:
        typing_now.clear()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=14901)
    args = parser.parse_args()
    conn = socket.create_connection((args.host, args.port))
    stream = conn.makefile("rb")
    name = None
    try:
        while True:
            raw = stream.readline()
            if not raw:
                print("server gone", file=sys.stderr)
                return 1
            text = raw.decode("utf-8", "replace").rstrip("\n")
            if text == "name":
                name = ask("What is your name? ").strip()
                conn.sendall(name.encode() + b"\n")
                continue
            print(text, flush=True)
            if text.startswith("To terminate"):
                break
    except (EOFError, KeyboardInterrupt):
        return 0
    reader = threading.Thread(target=receive, args=(stream,), daemon=True)
    reader.start()
    try:
        while True:
            text = ask()
            if text == "leave":
                break
            if text:
                conn.sendall(f"{name}: {text}\n".encode())
    except (EOFError, KeyboardInterrupt):
        pass
    leaving.set()
    try:
        conn.sendall(f"*{name} left*\n".encode())
    except OSError:
        pass
    reader.join(2)
    return 0


if __name__ == "__main__":
    sys.exit(main())
