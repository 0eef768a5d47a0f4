import socket

from common import options

names = {}
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(options())


def tell(text, *whom):
    for address in whom:
        try:
            server.sendto(text.encode(), address)
        except OSError:
            pass


def handle(text, address):
    others = [a for a in names if a != address]
    if address not in names:
        name = text.strip()
        if name in ('', *names.values()):
            return tell('name', address)
        names[address] = name
        print('Connected with', address)
        print('Name is', name)
        tell('You are connected!', address)
        tell('To terminate the connection to the server, enter leave', address)
        return tell(f'{name} joined!', *others)
    if text == f'*{names[address]} left*':
        del names[address]
    tell(text, *others)


try:
    while True:
        data, address = server.recvfrom(16384)
        handle(data.decode(errors='replace'), address)
except KeyboardInterrupt:
    pass
