import argparse
import socket


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=14901)
    args = parser.parse_args()
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.bind((args.host, args.port))
    users = {}

    def send(text, *addresses):
        for address in addresses:
            try:
                sock.sendto(text.encode(), address)
            except OSError:
                pass

    while True:
        try:
            data, address = sock.recvfrom(16384)
        except ConnectionError:
            continue
        text = data.decode(errors="replace")
        others = [a for a in users if a != address]
        if address not in users:
            name = text.strip()
            if not name or name in users.values():
                send("name", address)
                continue
            users[address] = name
            print("Connected with", address)
            print("Name is", name)
            send("You are connected!", address)
            send("To terminate the connection to the server, enter leave", address)
            send(name + " joined!", *others)
        elif text == f"*{users[address]} left*":
            del users[address]
            send(text, *others)
        else:
            send(text + "\n", *others)


try:
    main()
except KeyboardInterrupt:
    pass
