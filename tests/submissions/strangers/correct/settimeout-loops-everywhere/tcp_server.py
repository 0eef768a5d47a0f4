import socket
import threading
import argparse


class ChatServer(object):
    TICK = 0.25

    def __init__(self, host, port):
        self.running = True
        self.clients = {}
        self.lock = threading.Lock()
        self.sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.sock.bind((host, port))
        self.sock.listen(64)
        self.sock.settimeout(self.TICK)

    def start(self):
        try:
            while self.running:
                try:
                    conn, addr = self.sock.accept()
                except socket.timeout:
                    continue
                conn.settimeout(self.TICK)
                t = threading.Thread(target=self.client_loop, args=(conn, addr))
                t.start()
        except KeyboardInterrupt:
            self.running = False
        self.sock.close()
        for t in threading.enumerate():
            if t is not threading.current_thread():
                t.join(1)

    def readline(self, conn, state):
        """Next line as text, or None when the connection or the server has ended."""
        while self.running:
            i = state['data'].find(b'\n')
            if i >= 0:
                line = state['data'][:i]
                state['data'] = state['data'][i + 1:]
                return line.decode('utf-8', 'replace')
            try:
                new = conn.recv(16384)
            except socket.timeout:
                continue
            except OSError:
                return None
            if not new:
                return None
            state['data'] += new
        return None

    def send(self, conn, text):
        data = (text + '\n').encode('utf-8')
        while data and self.running:
            try:
                sent = conn.send(data)
                data = data[sent:]
            except socket.timeout:
                continue
            except OSError:
                return

    def send_others(self, me, text):
        for name, conn in self.clients.items():
            if name != me:
                self.send(conn, text)

    def client_loop(self, conn, addr):
        print('Connected with', addr)
        state = {'data': b''}
        name = None
        while name is None:
            self.send(conn, 'name')
            answer = self.readline(conn, state)
            if answer is None:
                conn.close()
                return
            answer = answer.strip()
            self.lock.acquire()
            if answer and answer not in self.clients:
                name = answer
                self.send(conn, 'You are connected!')
                self.send(conn, 'To terminate the connection to the server, enter leave')
                self.clients[name] = conn
                self.send_others(name, name + ' joined!')
            self.lock.release()
        print('Name is', name)
        while True:
            text = self.readline(conn, state)
            if text is None or text == '*{} left*'.format(name):
                break
            self.lock.acquire()
            self.send_others(name, text)
            self.lock.release()
        self.lock.acquire()
        self.clients.pop(name)
        self.send_others(name, '*{} left*'.format(name))
        self.lock.release()
        conn.close()


if __name__ == '__main__':
    p = argparse.ArgumentParser()
    p.add_argument('--host', type=str, default='127.0.0.1')
    p.add_argument('--port', type=int, default=14901)
    ns = p.parse_args()
    ChatServer(ns.host, ns.port).start()
