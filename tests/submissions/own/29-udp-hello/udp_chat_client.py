import socket
import threading

server = ("127.0.0.1", 9999)
sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.sendto(input("Введите ник: ").encode(), server)


def receive():
    while True:
        data, _ = sock.recvfrom(4096)
        print(data.decode())


threading.Thread(target=receive, daemon=True).start()
while True:
    text = input()
    sock.sendto(text.encode(), server)
    if text == "/exit":
        break
