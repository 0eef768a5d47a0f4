"""One shared log of everything said; each person's writer thread follows it with a cursor of its own."""
import argparse
import socket
import threading


class Log:
    def __init__(self):
        self.first = 0                  # number of the oldest entry that is kept
        self.entries = []               # (author, text)
        self.bell = threading.Condition()
        self.cursors = {}               # person -> number of the next entry

    def write(self, author, text):
        with self.bell:
            self.entries.append((author, text))
            self.bell.notify_all()

    def follow(self, person):
        """The texts of all others, as one string; None when the person is no longer in."""
        with self.bell:
            while person in self.cursors:
                at = self.cursors[person] - self.first
                fresh = self.entries[at:at + 1000]
                self.cursors[person] += len(fresh)
                texts = [text + "\n" for author, text in fresh if author is not person]
                if texts:
                    return "".join(texts)
                if not fresh:
                    self.trim()
                    self.bell.wait()
            return None

    def trim(self):
        oldest = min(self.cursors.values(), default=self.first + len(self.entries))
        if oldest - self.first > 1000:
            del self.entries[:oldest - self.first]
            self.first = oldest


class Person:
    def __init__(self, sock):
        self.sock = sock
        self.name = None


log = Log()


def enter(person, name):
    with log.bell:
        if not name or name in {p.name for p in log.cursors}:
            return False
        person.name = name
        person.sock.sendall(b"You are connected!\nTo terminate the connection to the server, enter leave\n")
        log.write(person, f"{name} joined!")
        log.cursors[person] = log.first + len(log.entries)
    threading.Thread(target=write_to, args=(person,), daemon=True).start()
    return True


def leave(person):
    with log.bell:
        del log.cursors[person]
        log.write(person, f"*{person.name} left*")


def write_to(person):
    try:
        while (text := log.follow(person)) is not None:
            person.sock.sendall(text.encode())
    except OSError:
        pass


def read_from(sock, address):
    print("Connected with", address, flush=True)
    person = Person(sock)
    rest = b""
    try:
        sock.sendall(b"name\n")
        while data := sock.recv(16384):
            *lines, rest = (rest + data).split(b"\n")
            for line in lines:
                line = line.decode(errors="replace")
                if person.name is None:
                    if enter(person, line.strip()):
                        print("Name is", person.name, flush=True)
                    else:
                        sock.sendall(b"name\n")
                elif line == f"*{person.name} left*":
                    return
                else:
                    log.write(person, line)
    except OSError:
        pass
    finally:
        if person.name is not None:
            leave(person)
        try:
            sock.shutdown(socket.SHUT_RDWR)     # wakes the writer, should it be stuck
        except OSError:
            pass
        sock.close()


parser = argparse.ArgumentParser()
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, default=14901)
options = parser.parse_args()
server = socket.create_server((options.host, options.port), backlog=128)
try:
    while True:
        threading.Thread(target=read_from, args=server.accept(), daemon=True).start()
except KeyboardInterrupt:
    pass
