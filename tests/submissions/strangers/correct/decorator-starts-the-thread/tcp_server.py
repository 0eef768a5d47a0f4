import concurrent.futures
import functools
import socket
import sys
import threading

paper = concurrent.futures.ThreadPoolExecutor(max_workers=1, thread_name_prefix='log')


def log(*words):
    paper.submit(print, *words, flush=True)


def background(function):
    @functools.wraps(function)
    def starter(*args):
        thread = threading.Thread(target=function, args=args, name=function.__name__)
        thread.daemon = True
        thread.start()
        return thread
    return starter


def locked(function):
    @functools.wraps(function)
    def inner(self, *args):
        with self.lock:
            return function(self, *args)
    return inner


class Hub:
    def __init__(self):
        self.lock = threading.RLock()
        self.names = []
        self.sockets = []

    @locked
    def add(self, name, sock):
        if not name or name in self.names:
            return False
        self.deliver(sock, 'You are connected!')
        self.deliver(sock, 'To terminate the connection to the server, enter leave')
        self.publish(f'{name} joined!')
        self.names.append(name)
        self.sockets.append(sock)
        return True

    @locked
    def publish(self, text, author=None):
        for s in self.sockets:
            if s != author:
                self.deliver(s, text)

    @locked
    def remove(self, sock):
        i = self.sockets.index(sock)
        del self.sockets[i]
        name = self.names.pop(i)
        self.publish(f'*{name} left*')

    def deliver(self, sock, text):
        try:
            sock.sendall(bytes(text + '\n', 'utf-8'))
        except OSError as e:
            log('could not send', text, e)


hub = Hub()


def incoming(sock):
    kept = b''
    while True:
        try:
            fresh = sock.recv(16384)
        except OSError:
            return
        if not fresh:
            return
        *lines, kept = (kept + fresh).split(b'\n')
        yield from (l.decode(errors='replace') for l in lines)


@background
def serve(sock, address):
    log('Connected with', address)
    lines = incoming(sock)
    name = ''
    hub.deliver(sock, 'name')
    for line in lines:
        if hub.add(line.strip(), sock):
            name = line.strip()
            break
        hub.deliver(sock, 'name')
    if name:
        log('Name is', name)
        for line in lines:
            if line == f'*{name} left*':
                break
            hub.publish(line, sock)
        hub.remove(sock)
    sock.close()


def main(host='127.0.0.1', port=14901):
    args = iter(sys.argv[1:])
    for a in args:
        if a == '--host':
            host = next(args)
        elif a == '--port':
            port = int(next(args))
    with socket.create_server((host, port), backlog=200) as door:
        while True:
            serve(*door.accept())


if __name__ == '__main__':
    try:
        main()
    except KeyboardInterrupt:
        paper.shutdown(wait=False)
