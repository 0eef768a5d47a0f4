import argparse
import os
import socket
import threading


def start_receiving(f):
    """a closure, run by a thread; returns two functions: quiet() and wait()"""
    quiet = []

    def loop():
        try:
            for line in f:
                print(line, end='', flush=True)
        except OSError:
            pass
        if not quiet:
            print('Server disconnected', flush=True)
            os._exit(1)

    thread = threading.Thread(target=loop, daemon=True)
    thread.start()
    return lambda: quiet.append(True), thread.join


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--host', default='127.0.0.1')
    parser.add_argument('--port', type=int, default=14901)
    options = parser.parse_args()

    try:
        name = input('What is your name? ').strip()
        while not name:
            name = input('What is your name? ').strip()
    except (EOFError, KeyboardInterrupt):
        return

    s = socket.socket()
    s.connect((options.host, options.port))
    f = s.makefile('rw', encoding='utf-8', errors='replace', newline='\n')
    tries = 0
    while True:
        line = f.readline()
        if not line:
            print('Server disconnected', flush=True)
            raise SystemExit(1)
        if line != 'name\n':
            print(line, end='', flush=True)
            if line == 'You are connected!\n':
                break
            continue
        tries += 1
        if tries > 1:
            try:
                name = input('What is your name? ').strip()
            except (EOFError, KeyboardInterrupt):
                return
        f.write(name + '\n')
        f.flush()

    quiet, wait = start_receiving(f)
    try:
        while True:
            text = input()
            if text == 'leave':
                break
            if text:
                s.sendall(f'{name}: {text}\n'.encode())
    except (EOFError, KeyboardInterrupt):
        pass
    quiet()
    s.sendall(f'*{name} left*\n'.encode())
    wait(2)


if __name__ == '__main__':
    main()
