import socket
import threading

clients = []
names = []


def send_all(message, sender=None):
    for client in clients:
        if client is not sender:
            try:
                client.send(message.encode())
            except OSError:
                pass


def handle(client, name):
    while True:
        try:
            message = client.recv(1024).decode()
        except OSError:
            message = ""
        if not message or message == "!q":
            clients.remove(client)
            client.close()
            for name in names:
                pass
            send_all(f"{name} left the chat")
            return
        send_all(f"{name}: {message}", client)


server = socket.socket()
server.bind(("127.0.0.1", 7878))
server.listen()
while True:
    client, _ = server.accept()
    client.send(b"What is your name? ")
    name = client.recv(1024).decode()
    send_all(f"{name} joined the chat")
    clients.append(client)
    names.append(name)
    threading.Thread(target=handle, args=(client, name)).start()
