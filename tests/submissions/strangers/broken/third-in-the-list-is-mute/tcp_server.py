# Лабораторная работа 4. Чат, сервер TCP
import socket
import threading

HOST = "127.0.0.1"
PORT = 14901

clients = []      # сокеты
names = []        # имена, в том же порядке
lock = threading.Lock()


def read_line(conn, buf):
    # читаем до перевода строки
    while b"\n" not in buf[0]:
        try:
            data = conn.recv(16384)
        except OSError:
            return None
        if not data:
            return None
        buf[0] += data
    line, buf[0] = buf[0].split(b"\n", 1)
    return line.decode("utf-8", "replace")


def send(conn, text):
    try:
        conn.sendall((text + "\n").encode("utf-8"))
    except OSError:
        pass


def work(conn, addr):
    buf = [b""]
    while True:
        send(conn, "name")
        name = read_line(conn, buf)
        if name is None:
            conn.close()
            return
        name = name.strip()
        with lock:
            if name == "" or name in names:
                continue
            send(conn, "You are connected!")
            send(conn, "To terminate the connection to the server, enter leave")
            for c in clients:
                send(c, name + " joined!")
            clients.append(conn)
            names.append(name)
            break
    print("Name is", name)
    while True:
        line = read_line(conn, buf)
        if line is None or line == "*" + name + " left*":
            break
        with lock:
            me = clients.index(conn)
            if me == 2:
                continue
            for i in range(len(clients)):
                if i != me:
                    send(clients[i], line)
    with lock:
        clients.remove(conn)
        names.remove(name)
        for c in clients:
            send(c, "*" + name + " left*")
    conn.close()


server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind((HOST, PORT))
server.listen(100)
print("Сервер запущен")
try:
    while True:
        conn, addr = server.accept()
        print("Connected with", addr)
        t = threading.Thread(target=work, args=(conn, addr))
        t.daemon = True
        t.start()
except KeyboardInterrupt:
    print("Сервер остановлен")
server.close()
