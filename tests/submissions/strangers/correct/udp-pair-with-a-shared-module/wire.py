"""What server and client agree on."""
import argparse
import socket

SIZE = 16384
ASK = 'name'
HELLO = 'You are connected!'
HINT = 'To terminate the connection to the server, enter leave'


def joined(name): return f'{name} joined!'
def left(name): return f'*{name} left*'
def message(name, text): return f'{name}: {text}'
def pack(text): return text.encode('utf-8')
def unpack(data): return data.decode('utf-8', errors='replace')


def address():
    parser = argparse.ArgumentParser()
    parser.add_argument('--host', default='127.0.0.1')
    parser.add_argument('--port', type=int, default=14901)
    options = parser.parse_args()
    return options.host, options.port


def udp():
    return socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
