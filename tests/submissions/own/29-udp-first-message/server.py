import socket

s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("", 5005))
clients = []
while True:
    data, addr = s.recvfrom(1024)
    if addr not in clients:
        clients.append(addr)
    for client in clients:
        if client != addr:
            s.sendto(data, client)
