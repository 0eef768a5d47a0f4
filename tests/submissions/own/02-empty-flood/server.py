import socket
import threading

HOST = "localhost"
PORT = 9090
clients = []


def broadcast(text, sender):
    for client in clients:
        if client != sender:
            try:
                client.send(text.encode("utf-8"))
            except Exception:
                pass


def client_thread(client):
    name = client.recv(1024).decode("utf-8")
    clients.append(client)
    while True:
        message = client.recv(1024).decode("utf-8")
        broadcast(f"{name}: {message}\n", client)


s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.bind((HOST, PORT))
s.listen(5)
while True:
    client, address = s.accept()
    threading.Thread(target=client_thread, args=[client]).start()
