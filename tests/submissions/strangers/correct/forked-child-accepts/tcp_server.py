"""The parent opens the port; a child process accepts, and makes one thread for each connection."""
import argparse
import multiprocessing
import os
import signal
import socket
import threading

WELCOME = "You are connected!\nTo terminate the connection to the server, enter leave\n"


class Room:
    def __init__(self):
        self.members = {}
        self.guard = threading.RLock()

    def enter(self, name, sock):
        with self.guard:
            if name == "" or name in self.members:
                return False
            self.members[name] = sock
            self._write(sock, WELCOME)
            self.say(name, f"{name} joined!")
            return True

    def say(self, author, text):
        with self.guard:
            for name, sock in self.members.items():
                if name != author:
                    self._write(sock, text + "\n")

    def exit(self, name):
        with self.guard:
            del self.members[name]
            self.say(name, f"*{name} left*")

    @staticmethod
    def _write(sock, text):
        try:
            sock.sendall(text.encode())
        except OSError:
            pass


def talk(room, sock, address):
    print("Connected with", address, flush=True)
    name = None
    try:
        with sock, sock.makefile("rb") as stream:
            while name is None:
                sock.sendall(b"name\n")
                answer = stream.readline()
                if not answer.endswith(b"\n"):
                    return
                wish = answer.decode(errors="replace").strip()
                if room.enter(wish, sock):
                    name = wish
                    print("Name is", name, flush=True)
            bye = f"*{name} left*"
            for raw in stream:
                if not raw.endswith(b"\n"):
                    break
                text = raw[:-1].decode(errors="replace")
                if text == bye:
                    break
                room.say(name, text)
    except OSError:
        pass
    finally:
        if name is not None:
            room.exit(name)


def orphaned(read_end):
    os.read(read_end, 1)            # ends when the parent is no more
    os._exit(0)


def child(listener, read_end, write_end):
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.close(write_end)
    threading.Thread(target=orphaned, args=(read_end,), daemon=True).start()
    room = Room()
    while True:
        sock, address = listener.accept()
        threading.Thread(target=talk, args=(room, sock, address), daemon=True).start()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=14901)
    options = parser.parse_args()
    listener = socket.create_server((options.host, options.port))
    read_end, write_end = os.pipe()
    process = multiprocessing.get_context("fork").Process(target=child, args=(listener, read_end, write_end))
    process.start()
    listener.close()
    try:
        process.join()
    except KeyboardInterrupt:
        process.terminate()
        process.join()


if __name__ == "__main__":
    main()
