import argparse
import itertools
import os
import socket
import sys
import threading

COLOURS = itertools.cycle((31, 32, 33, 34, 35, 36))
colour_of = {}


def paint(line):
    who, colon, _ = line.partition(': ')
    if not colon:
        return f'\033[2m{line}\033[0m'          # a notice
    if who not in colour_of:
        colour_of[who] = next(COLOURS)
    return f'\033[{colour_of[who]}m{line}\033[0m'


def show(stream, going):
    for raw in stream:
        print(paint(raw.decode('utf-8', 'replace').rstrip('\n')), flush=True)
    if not going.is_set():
        print('\033[31mthe server went away\033[0m', file=sys.stderr, flush=True)
        os._exit(1)


def main():
    p = argparse.ArgumentParser()
    p.add_argument('--host', default='127.0.0.1')
    p.add_argument('--port', type=int, default=14901)
    a = p.parse_args()
    going = threading.Event()
    with socket.create_connection((a.host, a.port)) as s, s.makefile('rb') as stream:
        name = ''
        while True:
            raw = stream.readline()
            if not raw:
                return 1
            line = raw.decode('utf-8', 'replace').rstrip('\n')
            if line == 'name':
                try:
                    name = input('\033[1mWhat is your name? \033[0m').strip()
                except (EOFError, KeyboardInterrupt):
                    return 0
                s.sendall(f'{name}\n'.encode())
                continue
            print(paint(line), flush=True)
            if line.startswith('You are connected'):
                break
        t = threading.Thread(target=show, args=(stream, going), daemon=True)
        t.start()
        try:
            for text in iter(input, 'leave'):
                if text.strip():
                    s.sendall(f'{name}: {text}\n'.encode())
        except (EOFError, KeyboardInterrupt):
            pass
        going.set()
        s.sendall(f'*{name} left*\n'.encode())
        s.shutdown(socket.SHUT_WR)
        t.join(3)
    return 0


if __name__ == '__main__':
    sys.exit(main())
