import socket

from common import options, start
from common.typing_loop import ask, typed

sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.connect(options())


def receive():
    try:
        return sock.recv(16384).decode(errors='replace')
    except ConnectionRefusedError:
        return '(nobody at the other end)'


def show():
    while True:
        print(receive(), flush=True)


while True:
    name = ask()
    sock.send(name.encode())
    answer = receive()
    if answer != 'name':
        break
print(answer, flush=True)
start(show)
for text in typed(name):
    sock.send(text.encode())
sock.send(f'*{name} left*'.encode())
