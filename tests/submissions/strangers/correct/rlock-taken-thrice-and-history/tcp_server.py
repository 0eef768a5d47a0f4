# Чат-сервер. История хранится, но никому не отправляется (пригодится потом).
import argparse
import collections
import socket
import sys
import threading

history = collections.deque(maxlen=500)
users = {}
lock = threading.RLock()


def remember(text):
    with lock:                                  # третий раз
        history.append(text)


def send_all(text, skip):
    with lock:                                  # второй раз
        remember(text)
        for u in list(users):
            if u is skip:
                continue
            try:
                u.sendall(text.encode() + b"\n")
            except OSError as e:
                print("ошибка отправки", users.get(u), e, file=sys.stderr)


def add_user(conn, name):
    with lock:                                  # первый раз
        if not name or name in users.values():
            return False
        users[conn] = name
        conn.sendall(b"You are connected!\n")
        conn.sendall(b"To terminate the connection to the server, enter leave\n")
        send_all(name + " joined!", conn)
        return True


def del_user(conn):
    with lock:
        name = users.pop(conn, None)
        if name is not None:
            send_all("*" + name + " left*", conn)


def handler(conn, addr):
    print("Connected with", addr)
    reader = conn.makefile("rb")
    name = None
    try:
        conn.sendall(b"name\n")
        for raw in iter(reader.readline, b""):
            if raw[-1] != ord("\n"):
                break
            text = raw.decode("utf-8", "replace")[:-1]
            if name is None:
                if add_user(conn, text.strip()):
                    name = text.strip()
                    print("Name is", name)
                else:
                    conn.sendall(b"name\n")
            else:
                if text == "*" + name + " left*":
                    break
                send_all(text, conn)
    except OSError:
        pass
    finally:
        del_user(conn)
        reader.close()
        conn.close()


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--host", default="127.0.0.1")
    ap.add_argument("--port", type=int, default=14901)
    a = ap.parse_args()
    server = socket.create_server((a.host, a.port), backlog=20)
    print("Жду на порту", a.port)
    try:
        while True:
            conn, addr = server.accept()
            threading.Thread(target=handler, args=(conn, addr), daemon=True).start()
    except KeyboardInterrupt:
        server.close()
        print("В истории", len(history), "строк")


main()
