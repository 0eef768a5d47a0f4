import argparse
import socket
import threading

parser = argparse.ArgumentParser()
parser.add_argument("host")
parser.add_argument("port", type=int)
parser.add_argument("--name", required=True)
args = parser.parse_args()

sock = socket.create_connection((args.host, args.port))
sock.recv(1024)
sock.sendall(args.name.encode())


def reader():
    while True:
        data = sock.recv(4096)
        if not data:
            break
        print(data.decode(), end="")


threading.Thread(target=reader, daemon=True).start()
while True:
    line = input()
    sock.sendall(line.encode())
    if line == "/quit":
        break
