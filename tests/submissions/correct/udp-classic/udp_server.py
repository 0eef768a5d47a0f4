import socket

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("127.0.0.1", 14901))

clients = {}


def broadcast(message, sender):
    for address in clients:
        if address != sender:
            server.sendto(message.encode(), address)


while True:
    try:
        data, address = server.recvfrom(1024)
        message = data.decode()
        if address not in clients:
            print("Connected with", address)
            print("Name is", message)
            clients[address] = message
            server.sendto("You are connected!".encode(), address)
            server.sendto("To terminate the connection to the server, enter leave".encode(), address)
            broadcast(f"{message} joined!", address)
        else:
            broadcast(message, address)
            if message == f"*{clients[address]} left*":
                del clients[address]
    except:
        pass
