"""Each user of this UDP chat is a generator, fed with the texts that come from its address."""
import argparse
import socket


class Chat:
    def __init__(self, sock):
        self.sock = sock
        self.people = {}        # address -> generator
        self.names = {}         # address -> name

    def say(self, text, address):
        try:
            self.sock.sendmsg([text.encode('utf-8')], [], 0, address)
        except OSError:
            pass

    def say_others(self, text, address):
        for other in self.names:
            if other != address:
                self.say(text, other)

    def person(self, address):
        name = (yield).strip()
        while not name or name in self.names.values():
            self.say('name', address)
            name = (yield).strip()
        self.names[address] = name
        print('Connected with', address, flush=True)
        print('Name is', name, flush=True)
        self.say('You are connected!', address)
        self.say('To terminate the connection to the server, enter leave', address)
        self.say_others(f'{name} joined!', address)
        while True:
            text = yield
            if text == f'*{name} left*':
                break
            self.say_others(text, address)
        del self.names[address]
        self.say_others(f'*{name} left*', address)

    def run(self):
        while True:
            data, _, _, address = self.sock.recvmsg(16384)
            if address not in self.people:
                self.people[address] = self.person(address)
                next(self.people[address])
            try:
                self.people[address].send(data.decode('utf-8', 'replace'))
            except StopIteration:
                del self.people[address]


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--host', default='127.0.0.1')
    parser.add_argument('--port', type=int, default=14901)
    arguments = parser.parse_args()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind((arguments.host, arguments.port))
        try:
            Chat(sock).run()
        except KeyboardInterrupt:
            pass
