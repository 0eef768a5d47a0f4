import os
import socket

from common import options, start
from common.typing_loop import ask, typed

going = False


def show(file):
    try:
        for raw in file:
            print(raw.decode(errors='replace').rstrip('\n'), flush=True)
    except OSError:
        pass
    if not going:
        print('The server ended.', flush=True)
        os._exit(1)


sock = socket.create_connection(options())
file = sock.makefile('rb')
name = ''
while True:
    raw = file.readline()
    if not raw:
        raise SystemExit('The server ended.')
    if raw == b'name\n':
        name = ask()
        sock.sendall(name.encode() + b'\n')
        continue
    print(raw.decode(errors='replace').rstrip('\n'), flush=True)
    if raw == b'You are connected!\n':
        break
thread = start(show, file)
for text in typed(name):
    sock.sendall(text.encode() + b'\n')
going = True
sock.sendall(f'*{name} left*\n'.encode())
thread.join(2)
