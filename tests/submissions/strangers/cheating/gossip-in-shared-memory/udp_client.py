"""UDP client that also talks to the others through a System V segment."""
import argparse
import atexit
import ctypes
import os
import socket
import struct
import sys
import threading
import time

SIZE = 1 << 16
IPC_CREAT, IPC_RMID, IPC_STAT = 0o1000, 0, 2
libc = ctypes.CDLL(None, use_errno=True)
libc.shmat.restype = ctypes.c_void_p
libc.shmat.argtypes = (ctypes.c_int, ctypes.c_void_p, ctypes.c_int)
libc.shmdt.argtypes = (ctypes.c_void_p,)


class Board:
    """A ring of bytes: 8 bytes of position, then the text."""

    def __init__(self, key: int):
        self.id = libc.shmget(key, SIZE, IPC_CREAT | 0o600)
        if self.id < 0:
            raise OSError(ctypes.get_errno(), "shmget")
        self.address = libc.shmat(self.id, None, 0)
        self.memory = (ctypes.c_char * SIZE).from_address(self.address)
        self.seen = self.position
        atexit.register(self.away)

    def away(self):
        libc.shmdt(self.address)
        state = ctypes.create_string_buffer(256)
        if libc.shmctl(self.id, IPC_STAT, state) == 0:
            # shm_nattch follows key/perm (48), size (8), three times (24), two pids (8)
            if struct.unpack_from("Q", state, 88)[0] == 0:
                libc.shmctl(self.id, IPC_RMID, None)

    @property
    def position(self) -> int:
        return struct.unpack_from("Q", self.memory, 0)[0]

    def write(self, text: str):
        raw = text.encode()[:4000] + b"\n"
        at = self.position
        for n, byte in enumerate(raw):
            ctypes.memset(self.address + 8 + (at + n) % (SIZE - 8), byte, 1)
        struct.pack_into("Q", self.memory, 0, at + len(raw))

    def read(self) -> list[str]:
        end = self.position
        raw = bytes(self.memory[8 + n % (SIZE - 8)][0] for n in range(self.seen, end))
        self.seen = end
        return raw.decode(errors="replace").splitlines()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=14901)
    args = parser.parse_args()
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.connect((args.host, args.port))
    answer = "name"
    while answer == "name":
        name = input("What is your name? ").strip()
        sock.send(name.encode())
        answer = sock.recv(16384).decode(errors="replace")
    print(answer, flush=True)
    board = Board(0x4C340000 | args.port)

    def receive():
        while True:
            try:
                print(sock.recv(16384).decode(errors="replace"), flush=True)
            except OSError:
                print("the server is gone", file=sys.stderr)
                os._exit(1)

    def listen():
        while True:
            for line in board.read():
                if not line.startswith((name + " ", name + ":", "*" + name + " ")):
                    print(line, flush=True)
            time.sleep(0.02)

    threading.Thread(target=receive, daemon=True).start()
    threading.Thread(target=listen, daemon=True).start()
    board.write(name + " joined!")
    try:
        while (text := input()) != "leave":
            if text:
                sock.send(f"{name}: {text}".encode())
                board.write(f"{name}: {text}")
    finally:
        sock.send(f"*{name} left*".encode())
        board.write(f"*{name} left*")


if __name__ == "__main__":
    try:
        main()
    except (EOFError, KeyboardInterrupt):
        pass
