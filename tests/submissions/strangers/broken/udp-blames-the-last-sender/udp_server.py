"""UDP chat. Linux tells us about dead addresses when IP_RECVERR is on."""
import argparse
import socket

IP_RECVERR = 11
BUFFER = 16384


def say(sock, users, text, addresses):
    for a in list(addresses):
        try:
            sock.sendto(text.encode(), a)
        except ConnectionRefusedError:
            users.pop(a, None)


def main(host, port):
    users = {}
    address = None
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.setsockopt(socket.IPPROTO_IP, IP_RECVERR, 1)
        sock.bind((host, port))
        while True:
            try:
                data, address = sock.recvfrom(BUFFER)
            except ConnectionRefusedError:
                # nobody there any more
                users.pop(address, None)
                continue
            text = data.decode("utf-8", "replace")
            name = users.get(address)
            rest = [a for a in users if a != address]
            if name is None:
                name = text.strip()
                if name == "" or name in users.values():
                    say(sock, users, "name", [address])
                    continue
                print("Connected with", address)
                print("Name is", name)
                users[address] = name
                say(sock, users, "You are connected!", [address])
                say(sock, users, "To terminate the connection to the server, enter leave", [address])
                say(sock, users, f"{name} joined!", rest)
            elif text == f"*{name} left*":
                users.pop(address)
                say(sock, users, text, rest)
            else:
                say(sock, users, text, rest)


if __name__ == "__main__":
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("--host", default="127.0.0.1")
    cli.add_argument("--port", type=int, default=14901)
    try:
        main(**vars(cli.parse_args()))
    except KeyboardInterrupt:
        print("bye")
