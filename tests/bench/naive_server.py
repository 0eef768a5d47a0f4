"""The chat server that most people write first, for comparison: see bench.py.

It asks for the name inside the accept loop, takes what one recv() brings for a message, and sends to each socket of a
list, one after the other.
"""

import socket
import sys
import threading

connections = []


def send_to_others(data, sender):
    for connection in list(connections):
        if connection is not sender:
            try:
                connection.sendall(data)
            except OSError:
                pass


def serve(connection):
    try:
        while data := connection.recv(16384):
            send_to_others(data, connection)
    except OSError:
        pass
    connections.remove(connection)
    connection.close()


def main():
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", int(sys.argv[sys.argv.index("--port") + 1])))
    listener.listen()
    while True:
        connection, _ = listener.accept()
        connection.sendall(b"name\n")
        name = connection.recv(16384).decode().strip()
        connections.append(connection)
        connection.sendall(
            b"You are connected!\nTo terminate the connection to the server, enter leave\n"
        )
        send_to_others(f"{name} joined!\n".encode(), connection)
        threading.Thread(target=serve, args=(connection,), daemon=True).start()


if __name__ == "__main__":
    main()
