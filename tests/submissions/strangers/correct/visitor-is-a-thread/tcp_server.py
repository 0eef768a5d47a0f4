from socket import *
from threading import Thread as Life, RLock
import optparse

everyone = set()
rlock = RLock()


class Visitor(Life):
    """a person in the chat; the thread lives as long as the person stays"""

    def __init__(self, sock, addr):
        Life.__init__(self)
        self.daemon = True
        self.sock = sock
        self.addr = addr
        self.nick = None
        self.pending = b""

    def whisper(self, what):
        with rlock:
            try:
                self.sock.sendall((what + "\n").encode("utf-8"))
            except Exception:
                pass

    def others(self):
        with rlock:
            return [v for v in everyone if v is not self]

    def tell_others(self, what):
        with rlock:
            for v in self.others():
                v.whisper(what)

    def hear(self):
        while self.pending.find(b"\n") == -1:
            try:
                got = self.sock.recv(16384)
            except OSError:
                got = b""
            if got == b"":
                return None
            self.pending = self.pending + got
        n = self.pending.index(b"\n")
        what = self.pending[:n]
        self.pending = self.pending[n + 1:]
        return what.decode("utf-8", errors="replace")

    def introduce(self):
        while self.nick is None:
            self.whisper("name")
            said = self.hear()
            if said is None:
                return False
            said = said.strip()
            with rlock:
                if said == "":
                    continue
                if said in [v.nick for v in everyone]:
                    continue
                with rlock:
                    self.nick = said
                    everyone.add(self)
                    self.whisper("You are connected!")
                    self.whisper("To terminate the connection to the server, enter leave")
                    self.tell_others(self.nick + " joined!")
        print("Name is", self.nick)
        return True

    def run(self):
        print("Connected with", self.addr)
        if self.introduce():
            farewell = "*%s left*" % self.nick
            said = self.hear()
            while said is not None and said != farewell:
                self.tell_others(said)
                said = self.hear()
            with rlock:
                everyone.discard(self)
                self.tell_others(farewell)
        try:
            self.sock.shutdown(SHUT_RDWR)
        except OSError:
            pass
        self.sock.close()


parser = optparse.OptionParser()
parser.add_option("--host", default="127.0.0.1")
parser.add_option("--port", type="int", default=14901)
options, rest = parser.parse_args()

door = socket(AF_INET, SOCK_STREAM)
door.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
door.bind((options.host, options.port))
door.listen(128)
try:
    while True:
        Visitor(*door.accept()).start()
except KeyboardInterrupt:
    door.close()
