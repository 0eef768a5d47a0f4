import socket
import threading

clients = []


def read(conn):
    while True:
        try:
            data = conn.recv(1024)
        except OSError:
            break
        if not data:
            break
        print(data.decode())
    clients.remove(conn)


def accept():
    while True:
        conn, addr = server.accept()
        clients.append(conn)
        threading.Thread(target=read, args=(conn,)).start()


server = socket.socket()
server.bind(("127.0.0.1", 6001))
server.listen()
threading.Thread(target=accept).start()
while True:
    text = input()
    for client in clients:
        client.send(("SERVER: " + text).encode())
