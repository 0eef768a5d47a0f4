import argparse
import queue
import socket
import threading
from contextlib import contextmanager


class Chat:
    def __init__(self):
        self.lock = threading.RLock()
        self.queues = {}
        self.departed = []

    def cast(self, text, *, skip=None):
        with self.lock:
            for name, q in self.queues.items():
                if name != skip:
                    q.put(text)

    @contextmanager
    def present(self, name, q):
        """Somebody is in the chat for as long as the block lasts."""
        self.cast(f"{name} joined!", skip=name)
        self.lock.release()
        try:
            yield
        finally:
            with self.lock:
                del self.queues[name]
                self.departed.append(name)
                for who in self.departed:
                    if who not in self.queues:
                        self.cast(f"*{who} left*")

    def claim(self, name, q):
        # True: the lock stays held until the notice is out
        self.lock.acquire()
        if name and name not in self.queues:
            self.queues[name] = q
            q.put("You are connected!")
            q.put("To terminate the connection to the server, enter leave")
            return True
        self.lock.release()
        return False


def writing(sock, q):
    try:
        while (text := q.get()) is not None:
            sock.sendall(f"{text}\n".encode())
        sock.shutdown(socket.SHUT_WR)
    except OSError:
        pass
    sock.close()


def reading(sock):
    pending = b""
    try:
        while data := sock.recv(16384):
            pending += data
            while (i := pending.find(b"\n")) != -1:
                yield pending[:i].decode("utf-8", errors="replace")
                pending = pending[i + 1:]
    except OSError:
        pass


def conversation(chat, sock, peer):
    print("Connected with", peer, flush=True)
    q = queue.Queue()
    threading.Thread(target=writing, args=(sock, q), daemon=True).start()
    lines = reading(sock)
    q.put("name")
    for name in map(str.strip, lines):
        if chat.claim(name, q):
            with chat.present(name, q):
                print("Name is", name, flush=True)
                for line in lines:
                    if line == f"*{name} left*":
                        break
                    chat.cast(line, skip=name)
            break
        q.put("name")
    q.put(None)


if __name__ == "__main__":
    a = argparse.ArgumentParser()
    a.add_argument("--host", default="127.0.0.1")
    a.add_argument("--port", type=int, default=14901)
    a = a.parse_args()
    chat = Chat()
    with socket.create_server((a.host, a.port), backlog=128) as listener:
        try:
            while True:
                sock, peer = listener.accept()
                threading.Thread(target=conversation, args=(chat, sock, peer), daemon=True).start()
        except KeyboardInterrupt:
            pass
