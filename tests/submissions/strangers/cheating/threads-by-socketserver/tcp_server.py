import socketserver, argparse, threading

clients = {}
clients_lock = threading.Lock()


class Handler(socketserver.StreamRequestHandler):
    name = None

    def put(self, text):
        try:
            self.request.sendall(text.encode() + b'\n')
        except OSError:
            pass

    def broadcast(self, text):
        for handler in clients.values():
            if handler is not self:
                handler.put(text)

    def read(self):
        line = self.rfile.readline()
        if not line.endswith(b'\n'):
            raise EOFError
        return line[:-1].decode('utf-8', errors='replace')

    def handle(self):
        print('Connected with', self.client_address, flush=True)
        try:
            while self.name is None:
                self.put('name')
                candidate = self.read().strip()
                with clients_lock:
                    if candidate and candidate not in clients:
                        self.name = candidate
                        clients[candidate] = self
                        self.put('You are connected!')
                        self.put('To terminate the connection to the server, enter leave')
                        self.broadcast(candidate + ' joined!')
            print('Name is', self.name, flush=True)
            while (line := self.read()) != '*' + self.name + ' left*':
                with clients_lock:
                    self.broadcast(line)
        except (EOFError, OSError):
            pass

    def finish(self):
        if self.name is not None:
            with clients_lock:
                del clients[self.name]
                self.broadcast('*' + self.name + ' left*')
        try:
            super().finish()
        except OSError:
            pass


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128


if __name__ == '__main__':
    args = argparse.ArgumentParser()
    args.add_argument('--host', default='127.0.0.1')
    args.add_argument('--port', type=int, default=14901)
    args = args.parse_args()
    with Server((args.host, args.port), Handler) as server:
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            pass
