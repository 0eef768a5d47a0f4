import socket
import threading

users = {}


def tell(text, but=None):
    for name, conn in list(users.items()):
        if name != but:
            try:
                conn.send((text + "\n").encode())
            except OSError:
                pass


def run(conn):
    try:
        conn.send("Введите имя (только буквы): ".encode())
        name = conn.recv(1024).decode().strip()
        while not name.isalpha() or name in users:
            conn.send("Такое имя нельзя. Введите имя: ".encode())
            name = conn.recv(1024).decode().strip()
        conn.send(f"Добро пожаловать, {name}! Чтобы выйти, напишите стоп\n".encode())
        tell(f"{name} вошёл")
        users[name] = conn
        while True:
            text = conn.recv(1024).decode().strip()
            if not text or text == "стоп":
                break
            tell(f"{name} -> {text}", name)
    except OSError:
        pass
    finally:
        conn.close()
        if users.pop(name, None):
            tell(f"{name} вышел")


s = socket.socket()
s.bind(("127.0.0.1", 7032))
s.listen()
while True:
    conn, _ = s.accept()
    threading.Thread(target=run, args=(conn,)).start()
