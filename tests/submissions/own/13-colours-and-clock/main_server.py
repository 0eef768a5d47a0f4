import datetime
import socket
import threading

GREEN, RESET = "\033[92m", "\033[0m"
members = {}
guard = threading.Lock()


def say_all(text, skip=None):
    stamp = datetime.datetime.now().strftime("%H:%M:%S")
    with guard:
        for conn in members:
            if conn is skip:
                continue
            try:
                conn.sendall(f"[{stamp}] {text}\n".encode())
            except OSError:
                pass


def member(conn):
    name = conn.recv(512).decode().strip()
    say_all(f"\U0001f389 {GREEN}{name}{RESET} в чате", conn)
    with guard:
        members[conn] = name
    while True:
        try:
            text = conn.recv(4096).decode()
        except OSError:
            break
        if not text or text == "/q":
            break
        say_all(f"\U0001f4ac {GREEN}{name}{RESET}: {text}", conn)
    with guard:
        del members[conn]
    conn.close()
    say_all(f"\U0001f44b {GREEN}{name}{RESET} вышел из чата")


sock = socket.socket()
sock.bind(("127.0.0.1", 4321))
sock.listen()
print("Сервер запущен")
while True:
    conn, addr = sock.accept()
    threading.Thread(target=member, args=(conn,)).start()
