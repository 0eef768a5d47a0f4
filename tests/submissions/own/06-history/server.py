import socket
import threading

history = []
clients = {}


def broadcast(line, sender):
    history.append(line)
    del history[:-10]
    for conn in list(clients):
        if conn != sender:
            try:
                conn.send((line + "\n").encode())
            except OSError:
                continue


def worker(conn):
    name = conn.recv(100).decode()
    if history:
        conn.send(("Last messages:\n" + "\n".join(history) + "\n").encode())
    broadcast(name + " entered", conn)
    clients[conn] = name
    while 1:
        try:
            msg = conn.recv(1000).decode()
        except ConnectionError:
            msg = ""
        if msg == "" or msg == "bye":
            break
        broadcast(name + " says: " + msg, conn)
    clients.pop(conn)
    conn.close()
    broadcast(name + " gone", None)


srv = socket.socket()
srv.bind(("0.0.0.0", 10001))
srv.listen(10)
while 1:
    c, a = srv.accept()
    threading.Thread(target=worker, args=(c,)).start()
