import socket
import threading

PORT = 7041
clients = {}


def everyone(text, but=None):
    for conn in list(clients):
        if conn is not but:
            try:
                conn.send(text.encode())
            except OSError:
                pass


def serve(conn):
    name = conn.recv(1024).decode()
    everyone(f"{name} joined\n", conn)
    clients[conn] = name
    while True:
        try:
            data = conn.recv(1024)
        except OSError:
            break
        if not data:
            break
        everyone(f"{name}: {data.decode()}\n", conn)
    del clients[conn]
    everyone(f"{name} left\n")


def run_server():
    server = socket.socket()
    server.bind(("127.0.0.1", PORT))
    server.listen()
    while True:
        conn, _ = server.accept()
        threading.Thread(target=serve, args=(conn,)).start()


run_server()
