import socket
import sys
import threading

PORT = 8765
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


def receive(sock):
    while True:
        data = sock.recv(1024)
        if not data:
            break
        print(data.decode(), end="")


def run_client():
    sock = socket.socket()
    sock.connect(("127.0.0.1", PORT))
    sock.send(input("Your name: ").encode())
    threading.Thread(target=receive, args=(sock,), daemon=True).start()
    try:
        while True:
            sock.send(input().encode())
    except (EOFError, KeyboardInterrupt):
        print("bye")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        print("python chat.py server|client")
    elif sys.argv[1] == "server":
        run_server()
    elif sys.argv[1] == "client":
        run_client()
