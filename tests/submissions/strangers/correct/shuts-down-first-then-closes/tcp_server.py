import argparse
import contextlib
import logging
import pathlib
import socket
import threading

log = logging.getLogger(pathlib.Path(__file__).stem)


class Registry:
    def __init__(self):
        self._by_name = {}
        self._lock = threading.Lock()

    def __enter__(self):
        self._lock.acquire()
        return self._by_name

    def __exit__(self, *_):
        table = "  ".join(f"{name}={s.fileno()}" for name, s in self._by_name.items())
        self._lock.release()
        log.debug("room now: %s", table or "nobody")


registry = Registry()


def transmit(sock, text):
    log.debug("-> fd %d %r", sock.fileno(), text)
    with contextlib.suppress(OSError):
        sock.sendall((text + "\n").encode("utf-8"))


def fan_out(room, text, name):
    log.info("relay %r from %s to %d", text, name, len(room) - (name in room))
    for other in room:
        if other != name:
            transmit(room[other], text)


def lines(sock):
    pending = bytearray()
    while True:
        try:
            data = sock.recv(16384)
        except OSError as error:
            log.warning("fd %d: %s", sock.fileno(), error)
            return
        log.debug("<- fd %d %r", sock.fileno(), data)
        if not data:
            return
        pending.extend(data)
        while True:
            line, newline, tail = pending.partition(b"\n")
            if not newline:
                break
            pending = tail
            yield line.decode("utf-8", errors="replace")


def farewell(sock):
    """Says the last word, waits for the other side's last word, and closes."""
    with contextlib.suppress(OSError):
        sock.shutdown(socket.SHUT_WR)
        sock.settimeout(3)
        while sock.recv(16384):
            pass
    sock.close()


def serve(sock, address):
    log.info("Connected with %s", address)
    source = lines(sock)
    transmit(sock, "name")
    for answer in source:
        name = answer.strip()
        with registry as room:
            free = name != "" and name not in room
            if free:
                room[name] = sock
                transmit(sock, "You are connected!")
                transmit(sock, "To terminate the connection to the server, enter leave")
                fan_out(room, f"{name} joined!", name)
        if free:
            break
        transmit(sock, "name")
    else:
        sock.close()
        return
    log.info("Name is %s", name)
    for line in source:
        if line == f"*{name} left*":
            break
        with registry as room:
            fan_out(room, line, name)
    with registry as room:
        del room[name]
        fan_out(room, f"*{name} left*", name)
    farewell(sock)


if __name__ == "__main__":
    logging.basicConfig(level=logging.DEBUG, format="%(asctime)s %(levelname)-7s %(threadName)s %(message)s")
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=14901)
    args = parser.parse_args()
    with socket.create_server((args.host, args.port), backlog=128) as listener:
        with contextlib.suppress(KeyboardInterrupt):
            while True:
                connection = listener.accept()
                threading.Thread(target=serve, args=connection, daemon=True, name="client-%s:%d" % connection[1]).start()
    log.info("closed")
