import socket
import sys
import threading

users = {}
users_lock = threading.Lock()


def send(conn, text):
    try:
        conn.sendall(f'{text}\n'.encode('utf-8'))
    except OSError:
        pass


def others(me):
    return [conn for name, conn in users.items() if name != me]


class Reader:
    def __init__(self, conn):
        self.conn, self.buffer = conn, b''

    def line(self):
        while True:
            head, sep, tail = self.buffer.partition(b'\n')
            if sep:
                self.buffer = tail
                return head.decode('utf-8', 'replace')
            try:
                data = self.conn.recv(16384)
            except OSError:
                data = b''
            if not data:
                return None
            self.buffer += data


def serve(conn):
    reader = Reader(conn)
    while True:
        send(conn, 'name')
        name = reader.line()
        if name is None:
            conn.close()
            return
        name = name.strip()
        with users_lock:
            if name and name not in users:
                users[name] = conn
                send(conn, 'You are connected!')
                send(conn, 'To terminate the connection to the server, enter leave')
                for c in others(name):
                    send(c, name + ' joined!')
                break
    print('Name is', name, flush=True)
    while (text := reader.line()) not in (None, f'*{name} left*'):
        with users_lock:
            for c in others(name):
                send(c, text)
    with users_lock:
        del users[name]
        for c in others(name):
            send(c, f'*{name} left*')
    conn.close()


channel = socket.socket(fileno=int(sys.argv[1]))
while True:
    data, fds, flags, address = socket.recv_fds(channel, 1, 1)
    if not data:
        break
    for fd in fds:
        threading.Thread(target=serve, args=[socket.socket(fileno=fd)], daemon=True).start()
