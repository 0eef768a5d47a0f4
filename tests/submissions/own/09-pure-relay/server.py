import socket
import threading

all_clients = []


def work(client):
    while True:
        data = client.recv(1024)
        for one in all_clients:
            if one != client:
                one.send(data)


s = socket.socket()
s.bind(("127.0.0.1", 3030))
s.listen(100)
while True:
    client, address = s.accept()
    all_clients.append(client)
    threading.Thread(target=work, args=(client,)).start()
