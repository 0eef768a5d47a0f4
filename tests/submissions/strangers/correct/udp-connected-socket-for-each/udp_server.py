# UDP-сервер: у каждого пользователя свой присоединённый сокет на том же порту и свой поток
import argparse
import socket
import threading

lock = threading.RLock()
users = {}          # адрес -> User
here = None


class User:
    def __init__(self, address, name):
        self.address = address
        self.name = name
        self.sock = new_socket()
        self.sock.connect(address)
        self.thread = threading.Thread(target=self.run, daemon=True)

    def run(self):
        while users.get(self.address) is self:
            try:
                data, address = self.sock.recvfrom(16384)
            except ConnectionRefusedError:
                continue                    # там уже никого, это не страшно
            except OSError:
                break
            if address is None:             # сокет закрывают
                break
            handle(data, address)           # до connect сюда могло попасть и чужое
        self.sock.close()

    def close(self):
        """From now on this address is a stranger; returns what it has sent in the meantime."""
        late = []
        if threading.current_thread() is not self.thread:
            self.sock.shutdown(socket.SHUT_RDWR)    # its thread wakes up and closes it
            return late
        self.sock.setblocking(False)
        try:
            while True:
                late.append(self.sock.recvfrom(16384))
        except OSError:
            pass
        self.sock.close()
        return late

    def send(self, text):
        try:
            self.sock.send(text.encode("utf-8"))
        except OSError:
            pass


def new_socket():
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind(here)
    return s


def send_others(address, text):
    for user in users.values():
        if user.address != address:
            user.send(text)


def handle(data, address):
    text = data.decode("utf-8", errors="replace")
    with lock:
        user = users.get(address)
        if user is None:
            join(address, text.strip())
        elif text == "*" + user.name + " left*":
            del users[address]
            late = user.close()
            send_others(address, text)
            for more in late:
                handle(*more)
        else:
            send_others(address, text)


def join(address, name):
    if name == "" or name in [u.name for u in users.values()]:
        main_socket.sendto(b"name", address)
        return
    user = users[address] = User(address, name)
    print("Connected with", address)
    print("Name is", name)
    user.send("You are connected!")
    user.send("To terminate the connection to the server, enter leave")
    send_others(address, name + " joined!")
    user.thread.start()


ap = argparse.ArgumentParser()
ap.add_argument("--host", default="127.0.0.1")
ap.add_argument("--port", type=int, default=14901)
options = ap.parse_args()
here = (options.host, options.port)
main_socket = new_socket()
try:
    while True:
        handle(*main_socket.recvfrom(16384))
except KeyboardInterrupt:
    pass
