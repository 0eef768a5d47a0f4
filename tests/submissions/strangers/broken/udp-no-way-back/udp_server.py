import argparse
import socket

users = {}
gone = set()


def send(sock, text, address):
    try:
        sock.sendto(bytes(text, "utf-8"), address)
    except OSError:
        pass


def send_others(sock, text, me):
    for address in users:
        if address == me:
            continue
        send(sock, text, address)


def hello(sock, text, address):
    name = text.strip()
    if len(name) == 0 or name in users.values():
        send(sock, "name", address)
        return
    users[address] = name
    print("Connected with", address)
    print("Name is", name)
    send(sock, "You are connected!", address)
    send(sock, "To terminate the connection to the server, enter leave", address)
    send_others(sock, name + " joined!", address)


def bye(sock, address):
    name = users.pop(address)
    gone.add(address)          # late datagrams of this address don't count
    send_others(sock, "*" + name + " left*", address)


def loop(sock):
    while True:
        try:
            data, address = sock.recvfrom(16384)
        except OSError:
            continue
        text = data.decode("utf-8", errors="replace")
        if address in gone:
            continue
        if address not in users:
            hello(sock, text, address)
        elif text == "*" + users[address] + " left*":
            bye(sock, address)
        else:
            send_others(sock, text, address)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=14901)
    args = parser.parse_args()
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.bind((args.host, args.port))
    try:
        loop(sock)
    except KeyboardInterrupt:
        sock.close()
