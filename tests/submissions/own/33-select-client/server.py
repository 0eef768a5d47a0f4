import socket
import threading

people = set()


def loop(conn):
    with conn:
        people.add(conn)
        try:
            while data := conn.recv(1024):
                for other in tuple(people):
                    if other is not conn:
                        try:
                            other.sendall(data)
                        except OSError:
                            people.discard(other)
        except OSError:
            pass
        people.discard(conn)


with socket.create_server(("127.0.0.1", 7033)) as server:
    while True:
        conn, _ = server.accept()
        threading.Thread(target=loop, args=(conn,), daemon=True).start()
