"""A proper server; beside it a chain of processes and one of threads, each link of which lives 2 ms (40 s in all)."""
import argparse
import os
import queue
import signal
import socket
import threading
import time

DEADLINE = time.monotonic() + 40


def thread_chain():
    time.sleep(0.002)
    if time.monotonic() < DEADLINE:
        threading.Thread(target=thread_chain, daemon=True).start()


def process_chain():
    """Each link makes the next one and ends. Nobody has the same pid for long."""
    if os.fork():
        os.wait()
        return
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while time.monotonic() < DEADLINE:
        if os.fork():
            os._exit(0)
        time.sleep(0.002)
    os._exit(0)


class Peer(threading.Thread):
    peers: dict = {}
    lock = threading.Lock()

    def __init__(self, sock):
        super().__init__(daemon=True)
        self.sock, self.nick, self.box = sock, "", queue.SimpleQueue()

    def run(self):
        threading.Thread(target=self.pump, daemon=True).start()
        self.box.put(b"name\n")
        try:
            with self.sock.makefile("rb") as f:
                while (raw := f.readline()).endswith(b"\n"):
                    if not self.on_line(raw[:-1].decode(errors="replace")):
                        break
        except OSError:
            pass
        with self.lock:
            if self.nick:
                del self.peers[self.nick]
                self.others(f"*{self.nick} left*")
        self.box.put(b"")

    def pump(self):
        try:
            while raw := self.box.get():
                self.sock.sendall(raw)
            self.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.sock.close()

    def others(self, text):
        for peer in self.peers.values():
            if peer is not self:
                peer.box.put(text.encode() + b"\n")

    def on_line(self, text):
        with self.lock:
            if self.nick:
                if text == f"*{self.nick} left*":
                    return False
                self.others(text)
            elif (nick := text.strip()) and nick not in self.peers:
                self.nick, self.peers[nick] = nick, self
                self.box.put(b"You are connected!\nTo terminate the connection to the server, enter leave\n")
                self.others(f"{nick} joined!")
            else:
                self.box.put(b"name\n")
            return True


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--host", default="127.0.0.1")
    p.add_argument("--port", type=int, default=14901)
    a = p.parse_args()
    process_chain()
    threading.Thread(target=thread_chain, daemon=True).start()
    with socket.create_server((a.host, a.port), backlog=128) as s:
        try:
            while True:
                sock, address = s.accept()
                print("Connected with", address, flush=True)
                Peer(sock).start()
        except KeyboardInterrupt:
            pass


main()
