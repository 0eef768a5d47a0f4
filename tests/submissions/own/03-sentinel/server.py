import socket
import threading

host = "127.0.0.1"
port = 55555

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.bind((host, port))
server.listen()

clients = []
nicknames = []


def broadcast(message, sender=None):
    for client in clients:
        if client != sender:
            client.send(message)


def handle(client):
    while True:
        message = client.recv(1024)
        if message.endswith(b" left the chat!"):
            clients.remove(client)
            broadcast(message)
            client.close()
            break
        broadcast(message, client)


def receive():
    while True:
        client, address = server.accept()
        print(f"Connected with {address}")
        client.send("NICK".encode("ascii"))
        nickname = client.recv(1024).decode("ascii")
        nicknames.append(nickname)
        broadcast(f"{nickname} joined the chat!".encode("ascii"))
        clients.append(client)
        client.send("Connected to the server!".encode("ascii"))
        thread = threading.Thread(target=handle, args=(client,))
        thread.start()


print("Server is listening...")
receive()
