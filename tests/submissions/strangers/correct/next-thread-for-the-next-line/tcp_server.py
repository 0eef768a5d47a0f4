# Каждую следующую строку читает новый поток: прочитал, запустил следующего, закончил.
import argparse
import socket
import threading

lock = threading.Lock()
users = {}


class Connection:
    def __init__(self, sock):
        self.sock = sock
        self.tail = b''
        self.name = None

    def send(self, text):
        try:
            self.sock.sendall((text + '\n').encode())
        except OSError:
            pass

    def next_line(self):
        while b'\n' not in self.tail:
            try:
                data = self.sock.recv(16384)
            except OSError:
                return None
            if not data:
                return None
            self.tail += data
        line, self.tail = self.tail.split(b'\n', 1)
        return line.decode(errors='replace')

    def others(self, text):
        for user in users.values():
            if user is not self:
                user.send(text)


def go(step, connection):
    threading.Thread(target=step, args=(connection,), daemon=True).start()


def ask(connection):
    connection.send('name')
    line = connection.next_line()
    if line is None:
        connection.sock.close()
        return
    name = line.strip()
    with lock:
        ok = bool(name) and name not in users
        if ok:
            connection.name = name
            users[name] = connection
            connection.send('You are connected!')
            connection.send('To terminate the connection to the server, enter leave')
            connection.others(name + ' joined!')
    if ok:
        print('Name is', name)
    go(chat if ok else ask, connection)


def chat(connection):
    line = connection.next_line()
    if line is None or line == f'*{connection.name} left*':
        with lock:
            del users[connection.name]
            connection.others(f'*{connection.name} left*')
        connection.sock.close()
        return
    with lock:
        connection.others(line)
    go(chat, connection)


parser = argparse.ArgumentParser()
parser.add_argument('--host', default='127.0.0.1')
parser.add_argument('--port', type=int, default=14901)
args = parser.parse_args()
with socket.create_server((args.host, args.port), backlog=100) as listener:
    try:
        while True:
            sock, address = listener.accept()
            print('Connected with', address)
            go(ask, Connection(sock))
    except KeyboardInterrupt:
        pass
