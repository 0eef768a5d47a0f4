import argparse
import socket
import threading

lock = threading.Lock()
online = {}
greeted = set()


class Gone(Exception):
    pass


class Wire:
    def __init__(self, sock):
        self.sock = sock
        self.left_over = b""

    def put(self, *texts):
        try:
            self.sock.sendall("".join(t + "\n" for t in texts).encode())
        except OSError:
            pass

    def get(self):
        while True:
            head, newline, tail = self.left_over.partition(b"\n")
            if newline:
                self.left_over = tail
                return head.decode(errors="replace")
            try:
                more = self.sock.recv(16384)
            except OSError:
                more = b""
            if not more:
                raise Gone
            self.left_over += more


def enter(wire):
    while True:
        wire.put("name")
        name = wire.get().strip()
        with lock:
            if name and name not in online:
                wire.put("You are connected!", "To terminate the connection to the server, enter leave")
                for w in online.values():
                    w.put(name + " joined!")
                online[name] = wire
                return name


def talk(name, wire):
    while True:
        line = wire.get()
        if line == f"*{name} left*":
            return
        with lock:
            for n, w in online.items():
                if n == name:
                    continue
                if n not in greeted:        # first line for this one
                    greeted.add(n)
                    w.put(n + " joined!")
                w.put(line)


def serve(sock, addr):
    print("Connected with", addr)
    wire = Wire(sock)
    name = None
    try:
        name = enter(wire)
        print("Name is", name)
        talk(name, wire)
    except Gone:
        pass
    finally:
        if name:
            with lock:
                del online[name]
                greeted.discard(name)
                for w in online.values():
                    w.put(f"*{name} left*")
        sock.close()


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--host", default="127.0.0.1")
    ap.add_argument("--port", type=int, default=14901)
    args = ap.parse_args()
    server = socket.create_server((args.host, args.port), backlog=128)
    while True:
        sock, addr = server.accept()
        threading.Thread(target=serve, args=(sock, addr), daemon=True).start()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print()
