"""Sends every message twice, and says that it is not finished yet."""
import argparse
import socket
import sys
import threading
import traceback

EXCUSES = (
    "task 3: split the byte stream into lines",
    "task 6: pass messages on to everyone else",
    "task 7: somebody leaves",
)


class Chat:
    lock = threading.Lock()
    people: dict[str, socket.socket] = {}
    said = 0

    @classmethod
    def cast(cls, text, me, times=1):
        for name, sock in cls.people.items():
            if name != me:
                try:
                    sock.sendall(f"{text}\n".encode() * times)
                except OSError:
                    pass

    @classmethod
    def excuse(cls):
        task = EXCUSES[cls.said % len(EXCUSES)]
        cls.said += 1
        try:
            raise NotImplementedError(task)
        except NotImplementedError:
            traceback.print_exc()
        print(f"not written yet: {task} (see tasks.md, task {task[5]})", flush=True)
        print(f"not written yet: {task} (see tasks.md, task {task[5]})", file=sys.stderr, flush=True)


def session(sock):
    name = None
    with sock:
        try:
            stream = sock.makefile("r", encoding="utf-8", errors="replace", newline="\n")
            while not name:
                sock.sendall(b"name\n")
                line = stream.readline()
                if not line:
                    return
                with Chat.lock:
                    if line.strip() and line.strip() not in Chat.people:
                        name = line.strip()
                        Chat.people[name] = sock
                        sock.sendall(b"You are connected!\nTo terminate the connection to the server, enter leave\n")
                        Chat.cast(f"{name} joined!", name)
            for line in stream:
                if line == f"*{name} left*\n":
                    break
                with Chat.lock:
                    Chat.cast(line[:-1], name, times=2)
                Chat.excuse()
        except OSError:
            pass
        finally:
            if name:
                with Chat.lock:
                    del Chat.people[name]
                    Chat.cast(f"*{name} left*", name, times=2)
                Chat.excuse()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=14901)
    args = parser.parse_args()
    server = socket.create_server((args.host, args.port), backlog=128)
    while True:
        sock, address = server.accept()
        print("Connected with", address, flush=True)
        threading.Thread(target=session, args=(sock,), daemon=True).start()


try:
    main()
except KeyboardInterrupt:
    pass
