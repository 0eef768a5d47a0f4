import argparse, itertools, socket, threading

class Outbox:
    """what is on its way to one user"""
    def __init__(self):
        self.parts = []
        self.event = threading.Event()
        self.mutex = threading.Lock()
        self.open = True

    def add(self, text):
        with self.mutex:
            self.parts.append(text)
            self.event.set()

    def shut(self):
        with self.mutex:
            self.open = False
            self.event.set()

    def take(self):
        while True:
            self.event.wait()
            with self.mutex:
                if self.parts:
                    parts, self.parts = self.parts, []
                    if self.open:
                        self.event.clear()
                    return "".join(p + "\n" for p in parts).encode()
                if not self.open:
                    return b""
                self.event.clear()

users = {}
users_lock = threading.Lock()
number = itertools.count(1)

def broadcast(text, me):
    for name in users:
        if name != me:
            users[name].add(text)

def relay(text, me):
    with users_lock:
        n = next(number)
        broadcast(text, me)
        if n % 5 == 0:
            for name in users:
                if name != me:
                    users[name].add(text)
                    break

def write(conn, outbox):
    try:
        while data := outbox.take():
            conn.sendall(data)
        conn.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    conn.close()

def lines(conn):
    view = bytearray(16384)
    rest = b""
    while True:
        try:
            n = conn.recv_into(view)
        except OSError:
            return
        if n == 0:
            return
        rest += view[:n]
        got = rest.split(b"\n")
        rest = got.pop()
        yield from (g.decode("utf-8", "replace") for g in got)

def read(conn, addr):
    print("Connected with", addr)
    outbox = Outbox()
    threading.Thread(target=write, args=[conn, outbox], daemon=True).start()
    it = lines(conn)
    outbox.add("name")
    me = None
    for line in it:
        line = line.strip()
        with users_lock:
            if line and line not in users:
                me = line
                users[me] = outbox
                outbox.add("You are connected!")
                outbox.add("To terminate the connection to the server, enter leave")
                broadcast(me + " joined!", me)
                break
        outbox.add("name")
    if me:
        print("Name is", me)
        for line in it:
            if line == f"*{me} left*":
                break
            relay(line, me)
        with users_lock:
            del users[me]
            broadcast(f"*{me} left*", me)
    outbox.shut()

parser = argparse.ArgumentParser()
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", default=14901, type=int)
ns = parser.parse_args()
sock = socket.socket()
sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sock.bind((ns.host, ns.port))
sock.listen(128)
try:
    while True:
        threading.Thread(target=read, args=sock.accept(), daemon=True).start()
except KeyboardInterrupt:
    pass
