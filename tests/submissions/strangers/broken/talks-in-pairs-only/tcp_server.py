import argparse
import socket
import threading
from queue import Queue


class Man:
    def __init__(self, conn):
        self.conn = conn
        self.name = None
        self.queue = Queue()
        self.partner = None


men = []
lock = threading.Lock()


def sending(man):
    try:
        while True:
            text = man.queue.get()
            if text is None:
                break
            man.conn.sendall(text.encode() + b"\n")
        man.conn.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    man.conn.close()


def find_partner(man):
    # someone who is still alone
    for other in men:
        if other is not man and other.partner is None:
            man.partner, other.partner = other, man
            break


def reading(man):
    man.queue.put("name")
    with man.conn.makefile("rb") as f:
        while True:
            try:
                raw = f.readline()
            except OSError:
                return
            if not raw.endswith(b"\n"):
                return
            text = raw[:-1].decode("utf-8", "replace")
            with lock:
                if man.name is None:
                    text = text.strip()
                    if not text or text in [m.name for m in men]:
                        man.queue.put("name")
                        continue
                    man.name = text
                    print("Name is", text)
                    man.queue.put("You are connected!")
                    man.queue.put("To terminate the connection to the server, enter leave")
                    for m in men:
                        m.queue.put(text + " joined!")
                    men.append(man)
                    find_partner(man)
                elif text == f"*{man.name} left*":
                    return
                elif man.partner:
                    man.partner.queue.put(text)


def life(conn, addr):
    print("Connected with", addr)
    man = Man(conn)
    threading.Thread(target=sending, args=(man,), daemon=True).start()
    reading(man)
    with lock:
        if man.name is not None:
            men.remove(man)
            for m in men:
                m.queue.put(f"*{man.name} left*")
            if man.partner:
                left, man.partner.partner = man.partner, None
                find_partner(left)
    man.queue.put(None)


parser = argparse.ArgumentParser()
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, default=14901)
args = parser.parse_args()
with socket.create_server((args.host, args.port), backlog=128) as s:
    try:
        while True:
            threading.Thread(target=life, args=s.accept(), daemon=True).start()
    except KeyboardInterrupt:
        pass
