import select
import socket
import sys
from threading import Thread, Lock, RLock

L = RLock()
people: dict[str, "Person"] = {}


class Person:
    __slots__ = ("sock", "name", "raw", "tx")

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.name = ""
        self.raw = b""
        self.tx = Lock()

    def fileno(self) -> int:
        return self.sock.fileno()

    def say(self, *texts: str) -> None:
        with self.tx:
            try:
                for text in texts:
                    self.sock.sendall(f"{text}\n".encode())
            except OSError:
                pass

    def lines(self):
        while True:
            readable, _, _ = select.select([self], [], [], 30)
            if not readable:
                continue
            try:
                chunk = self.sock.recv(16384)
            except ConnectionError:
                return
            if not chunk:
                return
            self.raw += chunk
            while (at := self.raw.find(b"\n")) != -1:
                line, self.raw = self.raw[:at], self.raw[at + 1:]
                yield line.decode("utf-8", "replace")


def crowd(person: Person) -> list[Person]:
    with L:
        return [p for p in people.values() if p is not person]


def register(person: Person, name: str) -> bool:
    with L:
        if not name or name in people:
            return False
        person.name = name
        person.say("You are connected!", "To terminate the connection to the server, enter leave")
        people[name] = person
        for p in crowd(person):
            p.say(name + " joined!")
    return True


def serve(sock: socket.socket, addr: tuple) -> None:
    print("Connected with", addr)
    person = Person(sock)
    lines = person.lines()
    person.say("name")
    for line in lines:
        if register(person, line.strip()):
            print("Name is", person.name)
            break
        person.say("name")
    if person.name:
        for line in lines:
            if line == f"*{person.name} left*":
                break
            for p in crowd(person):
                p.say(line)
        with L:
            del people[person.name]
            for p in crowd(person):
                p.say(f"*{person.name} left*")
    sock.close()


def main() -> int:
    host, port = "127.0.0.1", 14901
    argv = sys.argv[1:]
    if "--host" in argv:
        host = argv[argv.index("--host") + 1]
    if "--port" in argv:
        port = int(argv[argv.index("--port") + 1])
    door = socket.socket()
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    door.bind((host, port))
    door.listen()
    try:
        while select.select([door], [], []):
            sock, addr = door.accept()
            Thread(target=serve, args=(sock, addr), daemon=True).start()
    except KeyboardInterrupt:
        return 0
    finally:
        door.close()


sys.exit(main())
