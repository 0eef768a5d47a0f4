"""The room holds its people weakly: whoever's thread has ended is nobody's any more."""
import argparse
import socket
import threading
import weakref


class Human:
    def __init__(self, connection):
        self.connection = connection
        self.nick = None

    def __lshift__(self, text):
        try:
            self.connection.sendall((text + '\n').encode())
        except OSError:
            pass
        return self


room = weakref.WeakValueDictionary()
key = threading.Lock()


def shout(text, by):
    for human in list(room.values()):
        if human is not by:
            human << text


def sit_down(human, nick):
    with key:
        if not nick or nick in room:
            return False
        human.nick = nick
        human << 'You are connected!' << 'To terminate the connection to the server, enter leave'
        room[nick] = human
        shout(f'{nick} joined!', human)
    return True


def stand_up(human):
    with key:
        if room.pop(human.nick, None) is human:
            shout(f'*{human.nick} left*', human)


def live(connection, address):
    print('Connected with', address)
    human = Human(connection)
    with connection, connection.makefile('rb', buffering=16384) as ear:
        try:
            human << 'name'
            while (raw := ear.readline()).endswith(b'\n'):
                text = raw.decode(errors='replace').removesuffix('\n')
                if human.nick is None:
                    if sit_down(human, text.strip()):
                        print('Name is', human.nick)
                    else:
                        human << 'name'
                elif text == f'*{human.nick} left*':
                    break
                else:
                    with key:
                        shout(text, human)
        except ConnectionError:
            pass
        finally:
            if human.nick is not None:
                stand_up(human)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--host', default='127.0.0.1')
    parser.add_argument('--port', default=14901, type=int)
    arguments = parser.parse_args()
    listener = socket.create_server((arguments.host, arguments.port), backlog=128)
    threads = weakref.WeakSet()
    while True:
        thread = threading.Thread(target=live, args=listener.accept(), daemon=True)
        threads.add(thread)
        thread.start()


if __name__ == '__main__':
    try:
        main()
    except KeyboardInterrupt:
        pass
