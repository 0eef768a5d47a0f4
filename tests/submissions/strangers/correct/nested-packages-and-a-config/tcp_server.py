import socket

from chatkit import Settings
from chatkit.server import People, Worker


def main():
    settings = Settings(__file__)
    people = People(settings.texts)
    with socket.create_server(settings.address, backlog=128) as listener:
        while True:
            sock, address = listener.accept()
            print("Connected with", address, flush=True)
            Worker(sock, address, people, settings).start()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        pass
