"""Needs a terminal: its size, its settings, its keyboard. Draws a line, in colour, and edits."""

import os
import socket
import sys
import termios
import threading

try:
    import readline
except ImportError:  # some Pythons are built without
    readline = None

if not (sys.stdin.isatty() and sys.stdout.isatty()):
    sys.exit("this chat needs a terminal")
WIDTH = os.get_terminal_size().columns
BEFORE = termios.tcgetattr(0)
with open("/dev/tty", "w") as own:
    own.write("\033]0;chat\007")  # the title of the window
if readline is not None:
    readline.parse_and_bind("tab: complete")


def end(status):
    termios.tcsetattr(0, termios.TCSADRAIN, BEFORE)
    sys.stdout.flush()
    os._exit(status)


def receive(lines):
    for line in lines:
        who, colon, text = line.rstrip("\n").partition(": ")
        print(f"\r\033[K\033[1;36m{who}\033[0m{colon}\033[2m{text}\033[0m\n> ", end="", flush=True)
    if not leaving.is_set():
        print("\nThe server is gone.")
        end(1)
    ended.set()


def main():
    sock = socket.create_connection(("127.0.0.1", 14901))
    lines = sock.makefile(encoding="utf-8", errors="replace", newline="\n")
    print("-" * WIDTH)
    name = ""
    try:
        for line in lines:
            if line == "name\n":
                name = input("What is your name? ").strip()
                sock.sendall(f"{name}\n".encode())
                continue
            print(line, end="", flush=True)
            if line == "You are connected!\n":
                break
        threading.Thread(target=receive, args=(lines,), daemon=True).start()
        while (text := input("> ")) != "leave":
            sock.sendall(f"{name}: {text}\n".encode())
    except (EOFError, KeyboardInterrupt):
        pass
    if name:
        leaving.set()
        sock.sendall(f"*{name} left*\n".encode())
        ended.wait(2)
    end(0)


leaving, ended = threading.Event(), threading.Event()
main()
