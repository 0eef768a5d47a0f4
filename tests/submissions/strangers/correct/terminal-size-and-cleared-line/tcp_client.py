import argparse
import os
import signal
import socket
import sys
import threading

width = os.get_terminal_size().columns or 80        # works at a terminal only


def rule(title=''):
    print(title.center(width - 1, '='), flush=True)


def clear_and_print(text):
    sys.stdout.write('\r' + ' ' * (width - 1) + '\r' + text + '\n')
    sys.stdout.flush()


def lines(sock):
    rest = b''
    while True:
        try:
            data = sock.recv(16384)
        except OSError:
            return
        if not data:
            return
        rest += data
        while b'\n' in rest:
            line, _, rest = rest.partition(b'\n')
            yield line.decode('utf-8', 'replace')


def listen(incoming, state):
    for line in incoming:
        clear_and_print(line)
    if state['over']:
        return
    clear_and_print('The server has ended')
    os._exit(2)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--host', default='127.0.0.1')
    parser.add_argument('--port', type=int, default=14901)
    args = parser.parse_args()
    rule(' chat ')
    sock = socket.socket()
    sock.connect((args.host, args.port))
    incoming = lines(sock)
    state = {'over': False}
    name = None
    try:
        for line in incoming:
            if line == 'name':
                name = input('What is your name? ').strip()
                sock.sendall(name.encode('utf-8') + b'\n')
            else:
                clear_and_print(line)
                if line == 'You are connected!':
                    break
        else:
            sys.exit('The server has ended')
        ear = threading.Thread(target=listen, args=(incoming, state), daemon=True)
        ear.start()
    except (EOFError, KeyboardInterrupt):
        return
    try:
        while True:
            text = input()
            if text == 'leave':
                break
            if text:
                sock.sendall(f'{name}: {text}\n'.encode('utf-8'))
    except (EOFError, KeyboardInterrupt):
        pass
    state['over'] = True
    sock.sendall(f'*{name} left*\n'.encode('utf-8'))
    sock.shutdown(socket.SHUT_WR)
    ear.join(2)
    rule(' bye ')


main()
