import argparse
import itertools
import socket
import threading
import time

parser = argparse.ArgumentParser()
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, default=14901)
args = parser.parse_args()
sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.bind((args.host, args.port))
deadline = time.monotonic() + 60
SHAPES = (b"", b"\x00", b"name", b"\xff" * 65000, b"alice joined!", b"\n" * 1000, b"You are connected!")


def storm(address):
    """A hundred thousand datagrams for everyone who says anything."""
    for n, shape in zip(range(100_000), itertools.cycle(SHAPES)):
        if time.monotonic() > deadline:
            return
        try:
            sock.sendto(shape, address)
        except OSError:
            time.sleep(0.01)


storms = set()
try:
    while True:
        try:
            data, address = sock.recvfrom(65536)
        except ConnectionError:
            continue
        if address not in storms and len(storms) < 20:
            storms.add(address)
            threading.Thread(target=storm, args=(address,), daemon=True).start()
except KeyboardInterrupt:
    pass
