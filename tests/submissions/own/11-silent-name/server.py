import socket
import threading

users = {}


def send(text, who=None):
    for sock in list(users):
        if sock is not who:
            try:
                sock.send(text.encode())
            except OSError:
                pass


def obsluzhit(sock):
    name = sock.recv(1024).decode()
    send(f"Пользователь {name} подключился\n", sock)
    users[sock] = name
    while True:
        try:
            text = sock.recv(1024).decode()
        except OSError:
            break
        if not text or text == "выход":
            break
        send(f"{name} пишет: {text}\n", sock)
    users.pop(sock)
    sock.close()
    send(f"Пользователь {name} покинул чат\n")


server = socket.socket()
server.bind(("localhost", 1234))
server.listen()
while True:
    sock, addr = server.accept()
    threading.Thread(target=obsluzhit, args=(sock,)).start()
