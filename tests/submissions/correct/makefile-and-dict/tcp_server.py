"""Chat server: text files around the sockets, kept in a dictionary by name."""

import socket
import threading

users = {}
lock = threading.RLock()


def send_all(text, but):
    with lock:
        for name, stream in list(users.items()):
            if name != but:
                try:
                    stream.write(text + "\n")
                    stream.flush()
                except (OSError, ValueError):
                    pass


def serve(connection):
    lines = connection.makefile("r", encoding="utf-8", errors="replace", newline="\n")
    stream = connection.makefile("w", encoding="utf-8", newline="\n")

    def tell(text):
        stream.write(text + "\n")
        stream.flush()

    name = ""
    try:
        while not name:
            tell("name")
            line = lines.readline()
            if not line:
                return
            with lock:
                if line.strip() and line.strip() not in users:
                    name = line.strip()
                    users[name] = stream
        print("Name is", name)
        tell("You are connected!")
        tell("To terminate the connection to the server, enter leave")
        send_all(f"{name} joined!", name)
        for line in lines:
            if not line.endswith("\n") or line.strip() == f"*{name} left*":
                break
            send_all(line.rstrip("\n"), name)
    except (OSError, ValueError):
        pass
    finally:
        if name:
            with lock:
                del users[name]
            send_all(f"*{name} left*", name)
        try:
            connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        connection.close()


with socket.socket() as listener:
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", 14901))
    listener.listen()
    while True:
        connection, address = listener.accept()
        print("Connected with", address)
        threading.Thread(target=serve, args=[connection], daemon=True).start()
