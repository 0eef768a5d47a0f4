"""The main thread receives and prints, with the time and in colour; another one types."""
import os
import socket
import threading
import time

client = socket.create_connection(("127.0.0.1", 14901))
leaving = threading.Event()


def type_messages(name):
    while True:
        try:
            text = input("> ")
        except (EOFError, KeyboardInterrupt):
            text = "leave"
        if text == "leave":
            leaving.set()  # the server may close before this thread gets any further
            client.sendall(f"*{name} left*\n".encode())
            os._exit(0)
        client.sendall(f"{name}: {text}\n".encode())


name = ""
started = False
for line in client.makefile(encoding="utf-8", errors="replace", newline="\n"):
    line = line.rstrip("\n")
    if line == "name":
        name = input("What is your name? ")
        client.sendall(name.encode() + b"\n")
        continue
    print(time.strftime("[%H:%M:%S]"), f"\033[36m{line}\033[0m", flush=True)
    if not started:
        started = True
        threading.Thread(target=type_messages, args=(name,), daemon=True).start()
if leaving.is_set():
    os._exit(0)
print("The server is gone.")
os._exit(1)
