"""One endless word for everybody (48 MB for each, 60 s at most)."""
import argparse
import socket
import threading
import time

WORD = b"blah" * 16384


def flood(sock):
    end = time.monotonic() + 60
    try:
        for _ in range(48 * 16):
            if time.monotonic() > end:
                break
            sock.sendall(WORD)
    except OSError:
        pass
    sock.close()


ap = argparse.ArgumentParser()
ap.add_argument("--host", default="127.0.0.1")
ap.add_argument("--port", type=int, default=14901)
ns = ap.parse_args()
s = socket.create_server((ns.host, ns.port), backlog=128)
try:
    while True:
        sock, _ = s.accept()
        threading.Thread(target=flood, args=(sock,), daemon=True).start()
except KeyboardInterrupt:
    pass
