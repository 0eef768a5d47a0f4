"""UDP server. Welcomes everybody; the rest is done elsewhere."""
import argparse
import socket


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=14901)
    args = parser.parse_args()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind((args.host, args.port))
        here: dict[tuple, str] = {}
        while True:
            data, sender = sock.recvfrom(1 << 16)
            text = data.decode(errors="replace")
            match here.get(sender):
                case None if (name := text.strip()) and name not in here.values():
                    here[sender] = name
                    for line in ("You are connected!", "To terminate the connection to the server, enter leave"):
                        sock.sendto(line.encode(), sender)
                case None:
                    sock.sendto(b"name", sender)
                case name if text == f"*{name} left*":
                    del here[sender]


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except KeyboardInterrupt:
        pass
