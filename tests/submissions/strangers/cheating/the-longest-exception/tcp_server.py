import argparse, socket, sys, threading

parser = argparse.ArgumentParser()
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, default=14901)
args = parser.parse_args()


class Sorry(Exception):
    """Its text is 4 MB, in several scripts and with lone surrogates."""

    def __str__(self):
        return ("\u202e\x1b[31mно\ud800 \U0001f4a9\x00\r" * 400_000)


def fail(depth):
    # forty causes, one below the other
    try:
        if depth:
            fail(depth - 1)
        raise Sorry
    except Exception as error:
        if depth == 40:
            raise Sorry from error
        raise NotImplementedError(f"task {depth}: {'x' * 200_000}") from error


loud = iter((True, True))       # 28 MB each on the screen, twice


def client(sock):
    with sock, sock.makefile("rb") as lines:
        sock.sendall(b"name\n")
        lines.readline()
        sock.sendall(b"You are connected!\nTo terminate the connection to the server, enter leave\n")
        for line in lines:
            if next(loud, None):
                fail(40)
            raise NotImplementedError("task 6: pass messages on to everyone else")


sys.setrecursionlimit(10_000)
with socket.create_server((args.host, args.port), backlog=128) as server:
    try:
        while True:
            threading.Thread(target=client, args=(server.accept()[0],), daemon=True).start()
    except KeyboardInterrupt:
        raise SystemExit("interrupted " * 100_000)
