import socket
import threading

users = {}
lock = threading.Lock()


def send_all(text, skip=None):
    with lock:
        for conn in list(users):
            if conn is not skip:
                try:
                    conn.sendall(text.encode() + b"\n")
                except OSError:
                    pass


def serve(conn, addr):
    name = None
    try:
        name = conn.recv(1024).decode().strip()
        with lock:
            users[conn] = name
        send_all(f"*** {name} has joined ***", conn)
        while True:
            data = conn.recv(4096)
            if not data:
                break
            text = data.decode().strip()
            if text == "/quit":
                break
            send_all(f"[{name}] {text}", conn)
    except OSError:
        pass
    finally:
        with lock:
            users.pop(conn, None)
        conn.close()
        if name:
            send_all(f"*** {name} has left ***")


def main():
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("", 7031))
    listener.listen()
    while True:
        conn, addr = listener.accept()
        threading.Thread(target=serve, args=(conn, addr), daemon=True).start()


if __name__ == "__main__":
    main()
