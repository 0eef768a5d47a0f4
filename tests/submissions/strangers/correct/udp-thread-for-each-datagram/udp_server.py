"""UDP chat: each datagram is handled by a thread; the threads queue up behind one another by join()."""
import argparse
import socket
import threading

parser = argparse.ArgumentParser()
parser.add_argument('--host', default='127.0.0.1')
parser.add_argument('--port', type=int, default=14901)
args = parser.parse_args()

sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.bind((args.host, args.port))
users = {}
lock = threading.Lock()


def send(text, *addresses):
    for address in addresses:
        try:
            sock.sendto(text.encode(), address)
        except OSError as error:
            print('cannot send to', address, error)


def others(address):
    return [a for a in users if a != address]


def handle(data, address, predecessor):
    if predecessor is not None:
        predecessor.join()
    text = data.decode('utf-8', 'replace')
    with lock:
        name = users.get(address)
        if name is None:
            wish = text.strip()
            if not wish or wish in users.values():
                send('name', address)
                return
            users[address] = wish
            print('Connected with', address)
            print('Name is', wish)
            send('You are connected!', address)
            send('To terminate the connection to the server, enter leave', address)
            send(f'{wish} joined!', *others(address))
        elif text == f'*{name} left*':
            del users[address]
            send(text, *users)
        else:
            send(text, *others(address))


previous = None
try:
    while True:
        data, address = sock.recvfrom(16384)
        thread = threading.Thread(target=handle, args=(data, address, previous), daemon=True)
        thread.start()
        previous = thread
except KeyboardInterrupt:
    sock.close()
