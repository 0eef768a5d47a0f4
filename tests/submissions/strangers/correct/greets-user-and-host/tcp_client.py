import argparse
import getpass
import os
import socket
import sys
import textwrap
from threading import Thread, current_thread


class Gone(Exception):
    """the server is no longer there"""


class Talker:
    def __init__(self, address):
        self.socket = socket.create_connection(address, timeout=10)
        self.socket.settimeout(None)
        self.source = self.socket.makefile('rb')
        self.over = False
        self.name = None

    def banner(self):
        try:
            user = getpass.getuser()
        except Exception:
            user = 'stranger'
        print(textwrap.dedent(f'''\
            ################################
            #  CHAT, version 1.3
            #  hello {user} at {socket.gethostname()}
            #  this is {current_thread().name}
            ################################'''), flush=True)

    def next(self):
        try:
            raw = self.source.readline()
        except OSError:
            raw = b''
        if not raw.endswith(b'\n'):
            raise Gone
        return raw.decode('utf-8', 'replace')[:-1]

    def tell(self, text):
        self.socket.sendall(text.encode('utf-8') + b'\n')

    def enter(self):
        while (line := self.next()) != 'You are connected!':
            if line == 'name':
                self.name = input('What is your name? ').strip()
                self.tell(self.name)
            else:
                print(line, flush=True)
        print(line, flush=True)

    def background(self):
        try:
            while True:
                print(self.next(), flush=True)
        except Gone:
            if not self.over:
                print('** server gone **', flush=True)
                os._exit(3)

    def talk(self):
        self.thread = Thread(target=self.background, daemon=True)
        self.thread.start()
        while True:
            try:
                text = input()
            except (EOFError, KeyboardInterrupt):
                break
            if text == 'leave':
                break
            if text:
                self.tell(f'{self.name}: {text}')
        self.over = True
        self.tell(f'*{self.name} left*')
        self.thread.join(2)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--host', default='127.0.0.1')
    parser.add_argument('--port', type=int, default=14901)
    ns = parser.parse_args()
    talker = Talker((ns.host, ns.port))
    talker.banner()
    try:
        talker.enter()
    except (EOFError, KeyboardInterrupt):
        return 0
    except Gone:
        print('** server gone **')
        return 3
    talker.talk()
    return 0


if __name__ == '__main__':
    sys.exit(main())
