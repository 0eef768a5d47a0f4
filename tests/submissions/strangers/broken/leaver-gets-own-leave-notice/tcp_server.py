from argparse import ArgumentParser
from socket import SHUT_RDWR, create_server
from threading import RLock, Thread

connections = {}
lock = RLock()


def deliver(text, names):
    raw = (text + "\n").encode()
    for n in names:
        try:
            connections[n].sendall(raw)
        except OSError:
            continue


def chat_with(conn, address):
    print("Connected with", address)
    reader = conn.makefile("rb", buffering=16384)
    me = None

    def line():
        try:
            got = reader.readline()
        except OSError:
            got = b""
        return got[:-1].decode(errors="replace") if got.endswith(b"\n") else None

    try:
        while me is None:
            conn.sendall(b"name\n")
            answer = line()
            if answer is None:
                return
            answer = answer.strip()
            with lock:
                if answer and answer not in connections:
                    me = answer
                    connections[me] = conn
                    deliver("You are connected!\nTo terminate the connection to the server, enter leave", [me])
                    deliver(me + " joined!", [n for n in connections if n != me])
        print("Name is", me)
        while True:
            text = line()
            if text is None or text == f"*{me} left*":
                break
            with lock:
                deliver(text, [n for n in connections if n != me])
    except OSError:
        pass
    finally:
        if me is not None:
            with lock:
                deliver(f"*{me} left*", list(connections))
                del connections[me]
        try:
            conn.shutdown(SHUT_RDWR)
        except OSError:
            pass
        reader.close()
        conn.close()


def run():
    cli = ArgumentParser()
    cli.add_argument("--host", default="127.0.0.1")
    cli.add_argument("--port", type=int, default=14901)
    a = cli.parse_args()
    with create_server((a.host, a.port), backlog=128) as door:
        while True:
            Thread(target=chat_with, args=door.accept(), daemon=True).start()


try:
    run()
except KeyboardInterrupt:
    pass
