import argparse
import socket

parser = argparse.ArgumentParser()
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, default=14901)
args = parser.parse_args()

sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.bind((args.host, args.port))
names = {}


def send(text, address):
    try:
        sock.sendto(text.encode(), address)
    except OSError:
        pass


def step():
    data, address = sock.recvfrom(16384)
    text = data.decode(errors="replace")
    if address in names:
        if text == "*" + names[address] + " left*":
            del names[address]
    else:
        name = text.strip()
        if not name or name in names.values():
            send("name", address)
            return
        print("Connected with", address)
        print("Name is", name)
        send("You are connected!", address)
        send("To terminate the connection to the server, enter leave", address)
        names[address] = name
        text = name + " joined!"
    for other in names:
        if other != address:
            send(text, other)


while True:
    try:
        step()
    except OSError:
        pass
    except KeyboardInterrupt:
        break
sock.close()
