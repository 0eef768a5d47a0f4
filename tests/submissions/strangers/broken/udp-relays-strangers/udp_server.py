from __future__ import annotations

import argparse
import socket
import socketserver
import threading

Address = tuple[str, int]


class Chat(socketserver.UDPServer):
    max_packet_size = 16384

    def __init__(self, where: Address) -> None:
        self.names: dict[Address, str] = {}
        super().__init__(where, Packet)

    def post(self, text: str, address: Address) -> None:
        try:
            self.socket.sendto(text.encode(), address)
        except OSError:
            pass

    def post_others(self, text: str, sender: Address) -> None:
        for address in self.names:
            if address != sender:
                self.post(text, address)


class Packet(socketserver.BaseRequestHandler):
    server: Chat

    def handle(self) -> None:
        chat, address = self.server, self.client_address
        text = self.request[0].decode(errors="replace")
        name = chat.names.get(address)
        if ": " in text:
            # a message, not a name
            chat.post_others(text, address)
        elif name is None:
            self.newcomer(text.strip())
        elif text == f"*{name} left*":
            del chat.names[address]
            chat.post_others(text, address)
        else:
            chat.post_others(text, address)

    def newcomer(self, name: str) -> None:
        chat, address = self.server, self.client_address
        if not name or name in chat.names.values():
            chat.post("name", address)
            return
        print("Connected with", address)
        print("Name is", name)
        chat.names[address] = name
        chat.post("You are connected!", address)
        chat.post("To terminate the connection to the server, enter leave", address)
        chat.post_others(f"{name} joined!", address)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=14901)
    args = parser.parse_args()
    with Chat((args.host, args.port)) as chat:
        work = threading.Thread(target=chat.serve_forever, daemon=True)
        work.start()
        try:
            work.join()
        except KeyboardInterrupt:
            chat.shutdown()


if __name__ == "__main__":
    main()
