import argparse
import multiprocessing as mp
from multiprocessing.connection import wait
import select
import signal
import socket


def worker(sock, pipe, listener):
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    listener.close()
    rest = b""
    try:
        while True:
            ready, _, _ = select.select([sock, pipe], [], [])
            if pipe in ready:
                data = pipe.recv_bytes()
                if not data:
                    break
                sock.sendall(data)
            elif sock in ready:
                data = sock.recv(16384)
                if not data:
                    break
                *lines, rest = (rest + data).split(b"\n")
                for line in lines:
                    pipe.send_bytes(line)
    except (OSError, EOFError):
        pass
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    sock.close()


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--host", default="127.0.0.1")
    ap.add_argument("--port", type=int, default=14901)
    ns = ap.parse_args()
    ctx = mp.get_context("fork")
    listener = socket.create_server((ns.host, ns.port), backlog=128)
    names = {}          # pipe -> name or None

    def put(pipe, data):
        try:
            pipe.send_bytes(data)
        except OSError:
            pass

    def others(text, me):
        for pipe, name in names.items():
            if pipe is not me and name:
                put(pipe, text.encode() + b"\n")

    def gone(pipe):
        name = names.pop(pipe)
        put(pipe, b"")
        pipe.close()
        if name:
            others(f"*{name} left*", None)

    while True:
        for item in wait([listener, *names]):
            if item is listener:
                sock, addr = listener.accept()
                print("Connected with", addr, flush=True)
                mine, yours = ctx.Pipe()
                ctx.Process(target=worker, args=(sock, yours, listener), daemon=True).start()
                yours.close()
                sock.close()
                names[mine] = None
                put(mine, b"name\n")
                continue
            if item not in names:
                continue
            try:
                text = item.recv_bytes().decode("utf-8", "replace")
            except (OSError, EOFError):
                gone(item)
                continue
            if names[item] is None:
                text = text.strip()
                if not text or text in names.values():
                    put(item, b"name\n")
                else:
                    names[item] = text
                    put(item, b"You are connected!\nTo terminate the connection to the server, enter leave\n")
                    others(f"{text} joined!", item)
            elif text == f"*{names[item]} left*":
                gone(item)
            else:
                others(text, item)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        pass
