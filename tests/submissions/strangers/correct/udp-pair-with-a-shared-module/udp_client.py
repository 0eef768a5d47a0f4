import os
import sys
import threading

import wire


def listen(client):
    while True:
        try:
            print(wire.unpack(client.recv(wire.SIZE)), flush=True)
        except ConnectionRefusedError:
            print('The server has gone.', file=sys.stderr, flush=True)
            os._exit(1)
        except OSError:
            return


def main():
    client = wire.udp()
    client.connect(wire.address())
    try:
        while True:
            name = input('What is your name? ').strip()
            client.send(wire.pack(name))
            answer = wire.unpack(client.recv(wire.SIZE))
            if answer != wire.ASK:
                break
        print(answer, flush=True)
    except (EOFError, KeyboardInterrupt):
        return
    except ConnectionRefusedError:
        sys.exit('The server has gone.')
    threading.Thread(target=listen, args=(client,), daemon=True).start()
    try:
        while (text := input()) != 'leave':
            if text:
                client.send(wire.pack(wire.message(name, text)))
    except (EOFError, KeyboardInterrupt):
        pass
    client.send(wire.pack(wire.left(name)))


if __name__ == '__main__':
    main()
