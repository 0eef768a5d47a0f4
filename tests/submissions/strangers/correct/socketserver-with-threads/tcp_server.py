import argparse
import socketserver
import threading


class Handler(socketserver.StreamRequestHandler):
    room = {}
    lock = threading.Lock()
    name = None

    def tell(self, text):
        try:
            self.wfile.write(text.encode() + b'\n')
        except OSError:
            pass

    def tell_others(self, text):
        for handler in self.room.values():
            if handler is not self:
                handler.tell(text)

    def read(self):
        raw = self.rfile.readline()
        return raw[:-1].decode(errors='replace') if raw.endswith(b'\n') else None

    def handle(self):
        print('Connected with', self.client_address)
        try:
            while self.name is None:
                self.tell('name')
                answer = self.read()
                if answer is None:
                    return
                answer = answer.strip()
                with self.lock:
                    if answer and answer not in self.room:
                        self.name = answer
                        self.room[answer] = self
                        self.tell('You are connected!')
                        self.tell('To terminate the connection to the server, enter leave')
                        self.tell_others(f'{answer} joined!')
            print('Name is', self.name)
            while (text := self.read()) is not None and text != f'*{self.name} left*':
                with self.lock:
                    self.tell_others(text)
        except OSError:
            pass

    def finish(self):
        if self.name is not None:
            with self.lock:
                del self.room[self.name]
                self.tell_others(f'*{self.name} left*')
        try:
            super().finish()
        except OSError:
            pass


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128


if __name__ == '__main__':
    parser = argparse.ArgumentParser()
    parser.add_argument('--host', default='127.0.0.1')
    parser.add_argument('--port', type=int, default=14901)
    args = parser.parse_args()
    with Server((args.host, args.port), Handler) as server:
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            pass
