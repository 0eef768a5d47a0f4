import argparse
import socket
import threading

# Все подключённые: список пар (имя, сокет)
users = []
users_lock = threading.Lock()


def send_text(sock, text):
    """Отправить строку, если клиент ещё жив"""
    try:
        sock.sendall(text.encode() + b"\n")
    except OSError:
        pass


def send_others(sock, text):
    for _, other in users:
        if other is not sock:
            send_text(other, text)


def get_name(sock, stream):
    """Спрашивать имя, пока не получим хорошее"""
    while True:
        send_text(sock, "name")
        line = stream.readline()
        if not line.endswith(b"\n"):
            return None
        name = line.decode(errors="replace").strip()
        with users_lock:
            if name and all(n != name for n, _ in users):
                users.append((name, sock))
                send_text(sock, "You are connected!")
                send_text(sock, "To terminate the connection to the server, enter leave")
                # последний в списке - это сам новичок
                newcomers = 2 if len(users) > 2 else 1
                for _, other in users[:-newcomers]:
                    send_text(other, f"{name} joined!")
                return name


def client_thread(sock, addr):
    print("Connected with", addr)
    stream = sock.makefile("rb")
    name = None
    try:
        name = get_name(sock, stream)
        if name:
            print("Name is", name)
            for line in stream:
                if not line.endswith(b"\n"):
                    break
                text = line[:-1].decode(errors="replace")
                if text == f"*{name} left*":
                    break
                with users_lock:
                    send_others(sock, text)
    except OSError:
        pass
    if name:
        with users_lock:
            users.remove((name, sock))
            send_others(sock, f"*{name} left*")
    stream.close()
    sock.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", default=14901, type=int)
    args = parser.parse_args()
    server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind((args.host, args.port))
    server.listen(100)
    try:
        while True:
            sock, addr = server.accept()
            threading.Thread(target=client_thread, args=(sock, addr), daemon=True).start()
    except KeyboardInterrupt:
        print("Завершение работы")
    finally:
        server.close()


if __name__ == "__main__":
    main()
