import socket
import threading

HOST = '127.0.0.1'
PORT = 14901

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.bind((HOST, PORT))
server.listen()

clients = {}


def broadcast(data, client):
    for c in list(clients):
        if c != client:
            try:
                c.send(data)
            except:
                pass


def handle(client):
    name = clients[client]
    while True:
        try:
            data = client.recv(16384)
            if not data or data == f'*{name} left*'.encode('utf-8'):
                break
            broadcast(data, client)
        except:
            break
    del clients[client]
    broadcast(f'*{name} left*'.encode('utf-8'), client)
    client.close()


print('Server is listening...')
while True:
    client, address = server.accept()
    print(f'Connected with {address}')
    try:
        client.send('name'.encode('utf-8'))
        name = client.recv(16384).decode('utf-8').strip()
        if not name:
            client.close()
            continue
        print(f'Name is {name}')
        clients[client] = name
        client.send('You are connected!\n'.encode('utf-8'))
        client.send('To terminate the connection to the server, enter leave'.encode('utf-8'))
        broadcast(f'{name} joined!'.encode('utf-8'), client)
        thread = threading.Thread(target=handle, args=(client,))
        thread.start()
    except:
        client.close()
