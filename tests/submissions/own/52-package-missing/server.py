import socket
import threading

clients = {}


def handle(conn):
    name = conn.recv(1024).decode()
    clients[conn] = name
    while True:
        try:
            data = conn.recv(1024)
        except OSError:
            break
        if not data:
            break
        for other in list(clients):
            if other is not conn:
                try:
                    other.send((name + ": " + data.decode()).encode())
                except OSError:
                    pass
    del clients[conn]
    conn.close()


server = socket.socket()
server.bind(("127.0.0.1", 5555))
server.listen()
print("Server started")
while True:
    conn, addr = server.accept()
    print("Connected", addr)
    threading.Thread(target=handle, args=(conn,)).start()
