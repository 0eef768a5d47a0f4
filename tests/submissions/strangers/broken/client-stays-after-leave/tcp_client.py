import argparse
import socket
import sys
import threading
import time

done = threading.Event()


def receiver(sock, lines):
    """Prints for as long as the program runs"""
    while True:
        try:
            line = lines.readline()
        except OSError:
            line = b""
        if line.endswith(b"\n"):
            sys.stdout.write(line.decode("utf-8", "replace"))
            sys.stdout.flush()
        else:
            if not done.is_set():
                import os
                print("Server is gone!", file=sys.stderr, flush=True)
                os._exit(1)
            time.sleep(0.2)


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--host", default="127.0.0.1")
    ap.add_argument("--port", default=14901, type=int)
    a = ap.parse_args()
    sock = socket.create_connection((a.host, a.port))
    lines = sock.makefile("rb")
    name = ""
    while True:
        line = lines.readline().decode("utf-8", "replace").rstrip("\n")
        if line == "name":
            try:
                name = input("What is your name? ").strip()
            except (EOFError, KeyboardInterrupt):
                return
            sock.sendall(name.encode() + b"\n")
        elif line == "":
            print("Server is gone!", file=sys.stderr)
            sys.exit(1)
        else:
            print(line, flush=True)
            if line == "You are connected!":
                break
    threading.Thread(target=receiver, args=(sock, lines)).start()
    while True:
        try:
            text = input()
        except (EOFError, KeyboardInterrupt):
            text = "leave"
        if text == "leave":
            break
        if text:
            sock.sendall(f"{name}: {text}\n".encode())
    done.set()
    sock.sendall(f"*{name} left*\n".encode())
    sock.shutdown(socket.SHUT_WR)


main()
