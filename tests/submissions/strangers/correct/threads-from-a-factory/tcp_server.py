import functools
import socket
import sys
import threading as th
from contextlib import contextmanager, suppress

Daemon = functools.partial(th.Thread, daemon=True)


def factory(kind):
    """Returns a function that runs something in a thread of that kind."""
    def launch(job, /, *args, **kwargs):
        worker = kind(target=job, args=args, kwargs=kwargs)
        worker.start()
        return worker
    return launch


class Chat:
    launcher = staticmethod(factory(Daemon))

    def __init__(self, address):
        self.run = self.launcher
        self.address = address
        self.seats = {}
        self.door = th.Condition()      # used as a plain lock

    @contextmanager
    def seat(self, name, conn):
        self.seats[name] = conn         # the caller holds the door
        try:
            yield
        finally:
            with self.door:
                self.seats.pop(name)
                self.shout(f'*{name} left*', conn)

    def shout(self, text, source=None):
        packet = text.encode() + b'\n'
        for conn in self.seats.values():
            if conn is not source:
                with suppress(OSError):
                    conn.sendall(packet)

    def admit(self, conn, stream):
        while True:
            conn.sendall(b'name\n')
            raw = next(stream, b'')
            if raw[-1:] != b'\n':
                return None
            name = raw.decode('utf8', 'replace').strip()
            self.door.acquire()
            if name and name not in self.seats:
                return name             # with the door held
            self.door.release()

    def session(self, conn, peer):
        print(f'Connected with {peer}')
        with conn, suppress(OSError):
            stream = iter(conn.makefile('rb'))
            name = self.admit(conn, stream)
            if name is None:
                return
            print(f'Name is {name}')
            with self.seat(name, conn):
                try:
                    conn.sendall(b'You are connected!\nTo terminate the connection to the server, enter leave\n')
                    self.shout(f'{name} joined!', conn)
                finally:
                    self.door.release()
                for raw in stream:
                    text = raw.decode('utf8', 'replace')
                    if not text.endswith('\n') or text == f'*{name} left*\n':
                        return
                    with self.door:
                        self.shout(text[:-1], conn)

    def open(self):
        with socket.create_server(self.address) as listener:
            while True:
                self.run(self.session, *listener.accept())


if __name__ == '__main__':
    opts = dict(zip(sys.argv[1::2], sys.argv[2::2]))
    try:
        Chat((opts.get('--host', '127.0.0.1'), int(opts.get('--port', 14901)))).open()
    except KeyboardInterrupt:
        sys.exit(0)
