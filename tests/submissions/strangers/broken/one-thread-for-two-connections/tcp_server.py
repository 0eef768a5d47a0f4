import argparse
import queue
import select
import socket
import threading

online = {}
lock = threading.RLock()


class Seat:
    def __init__(self, sock):
        self.sock = sock
        self.rest = b""
        self.name = None

    def send(self, text):
        try:
            self.sock.sendall((text + "\n").encode())
        except OSError:
            pass


def others(seat, text):
    with lock:
        for other in online.values():
            if other is not seat:
                other.send(text)


def line_of(seat, line):
    """False when this one wants to go"""
    if seat.name is None:
        name = line.strip()
        with lock:
            if not name or name in online:
                seat.send("name")
                return True
            seat.name = name
            seat.send("You are connected!")
            seat.send("To terminate the connection to the server, enter leave")
            online[name] = seat
            others(seat, f"{name} joined!")
        print("Name is", name)
        return True
    if line == f"*{seat.name} left*":
        return False
    others(seat, line)
    return True


def bytes_of(seat):
    try:
        data = seat.sock.recv(16384)
    except OSError:
        return False
    if not data:
        return False
    seat.rest += data
    while b"\n" in seat.rest:
        line, seat.rest = seat.rest.split(b"\n", 1)
        if not line_of(seat, line.decode("utf-8", "replace")):
            return False
    return True


class Table(threading.Thread):
    """Two people sit at each table, and each table has its own waiter"""

    def __init__(self):
        super().__init__(daemon=True)
        self.seats = []
        self.wake, self.bell = socket.socketpair()
        self.new = queue.Queue()

    def sit(self, sock):
        self.new.put(sock)
        self.bell.send(b"!")

    def run(self):
        while True:
            ready, _, _ = select.select([self.wake] + [s.sock for s in self.seats], [], [])
            if self.wake in ready:
                self.wake.recv(1)
                seat = Seat(self.new.get())
                self.seats.append(seat)
                seat.send("name")
            for seat in list(self.seats):
                if seat.sock in ready and not bytes_of(seat):
                    self.seats.remove(seat)
                    with lock:
                        if seat.name:
                            del online[seat.name]
                            others(seat, f"*{seat.name} left*")
                    seat.sock.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=14901)
    args = parser.parse_args()
    with socket.create_server((args.host, args.port), backlog=128) as door:
        count = 0
        while True:
            sock, addr = door.accept()
            print("Connected with", addr)
            if count % 2 == 0:
                table = Table()
                table.start()
            table.sit(sock)
            count += 1


try:
    main()
except KeyboardInterrupt:
    pass
