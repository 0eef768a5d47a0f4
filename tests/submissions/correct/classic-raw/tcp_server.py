import socket
import threading

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.bind(("127.0.0.1", 14901))
server.listen()

clients = []
names = []


def broadcast(message, sender):
    for client in clients:
        if client != sender:
            try:
                client.send(message)
            except:
                pass


def handle(client, name):
    while True:
        try:
            message = client.recv(1024)
            if not message or message.decode() == f"*{name} left*":
                break
            broadcast(message, client)
        except:
            break
    clients.remove(client)
    names.remove(name)
    client.close()
    broadcast(f"*{name} left*".encode(), client)


while True:
    client, address = server.accept()
    print("Connected with", address)
    client.send("name".encode())
    try:
        name = client.recv(1024).decode()
    except:
        continue
    print("Name is", name)
    clients.append(client)
    names.append(name)
    broadcast(f"{name} joined!".encode(), client)
    client.send("You are connected!\nTo terminate the connection to the server, enter leave".encode())
    thread = threading.Thread(target=handle, args=(client, name))
    thread.start()
