import threading

from chat.wire import send


class Room:
    def __init__(self):
        self.users, self.lock = {}, threading.Lock()

    def add(self, conn, name):
        self.tell(f"* {name} joins")
        with self.lock:
            self.users[conn] = name

    def remove(self, conn):
        with self.lock:
            name = self.users.pop(conn, None)
        if name:
            self.tell(f"* {name} leaves")

    def tell(self, text, but=None):
        with self.lock:
            for conn in self.users:
                if conn is not but:
                    try:
                        send(conn, text)
                    except OSError:
                        pass
