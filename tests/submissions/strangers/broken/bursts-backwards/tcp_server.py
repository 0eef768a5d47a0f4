import argparse
import socket
import threading

NAME = "name"
HELLO = ["You are connected!", "To terminate the connection to the server, enter leave"]


class Desk:
    def __init__(self, conn):
        self.conn = conn
        self.pile = []
        self.more = threading.Condition()
        self.over = False

    def lay(self, *texts):
        with self.more:
            self.pile.extend(texts)
            self.more.notify()

    def finish(self):
        with self.more:
            self.over = True
            self.more.notify()

    def run(self):
        try:
            while True:
                with self.more:
                    while not (self.pile or self.over):
                        self.more.wait()
                    if not self.pile:
                        break
                    pile, self.pile = self.pile, []
                self.conn.sendall(b"".join(t.encode() + b"\n" for t in pile))
            self.conn.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.conn.close()


desks = {}
lock = threading.Lock()


def spread(texts, me):
    for name, desk in desks.items():
        if name != me:
            desk.lay(*texts)


def work(conn, addr):
    print("Connected with", addr)
    desk = Desk(conn)
    threading.Thread(target=desk.run, daemon=True).start()
    desk.lay(NAME)
    me = None
    stack = []
    half = b""
    gone = False
    while not gone:
        try:
            data = conn.recv(16384)
        except OSError:
            break
        if not data:
            break
        pieces = (half + data).split(b"\n")
        half = pieces.pop()
        for piece in pieces:
            line = piece.decode("utf-8", "replace")
            if me is None:
                name = line.strip()
                with lock:
                    if name == "" or name in desks:
                        desk.lay(NAME)
                    else:
                        me = name
                        desks[me] = desk
                        desk.lay(*HELLO)
                        spread([me + " joined!"], me)
                        print("Name is", me)
            elif line == f"*{me} left*":
                gone = True
                break
            else:
                stack.append(line)
        with lock:
            while stack:
                spread([stack.pop()], me)
    with lock:
        if me is not None:
            del desks[me]
            spread([f"*{me} left*"], me)
    desk.finish()


def main(host, port):
    with socket.create_server((host, port), backlog=128) as s:
        try:
            while True:
                threading.Thread(target=work, args=s.accept(), daemon=True).start()
        except KeyboardInterrupt:
            return


ap = argparse.ArgumentParser()
ap.add_argument("--host", default="127.0.0.1")
ap.add_argument("--port", type=int, default=14901)
main(**vars(ap.parse_args()))
