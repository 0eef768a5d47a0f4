# Сервер, в котором потоки запускает threading.Timer
import argparse
import socket
from threading import Timer, Lock

participants = dict()
lock = Lock()


def start(function, *arguments):
    timer = Timer(0, function, arguments)
    timer.daemon = True
    timer.start()


def send(sock, message):
    try:
        sock.sendall((message + "\n").encode("utf-8"))
    except OSError:
        pass


def broadcast(message, except_name):
    # вызывать только под замком
    for name in participants:
        if name != except_name:
            send(participants[name], message)


def receive_line(sock, buffer):
    # buffer - это bytearray, в нём остаётся начало следующей строки
    while True:
        position = buffer.find(10)
        if position != -1:
            line = bytes(buffer[:position])
            del buffer[:position + 1]
            return line.decode("utf-8", "replace")
        data = sock.recv(16384)
        if len(data) == 0:
            raise ConnectionError("клиент ушёл")
        buffer.extend(data)


def get_name(sock, buffer):
    while True:
        sock.sendall("name\n".encode("utf-8"))
        name = receive_line(sock, buffer).strip()
        lock.acquire()
        try:
            if name != "" and name not in participants:
                participants[name] = sock
                send(sock, "You are connected!")
                send(sock, "To terminate the connection to the server, enter leave")
                broadcast(name + " joined!", name)
                return name
        finally:
            lock.release()


def work(sock, address):
    print("Connected with", address)
    buffer = bytearray()
    try:
        name = get_name(sock, buffer)
    except OSError:
        sock.close()
        return
    print("Name is", name)
    try:
        while True:
            message = receive_line(sock, buffer)
            if message == "*" + name + " left*":
                break
            lock.acquire()
            broadcast(message, name)
            lock.release()
    except OSError:
        pass
    lock.acquire()
    del participants[name]
    broadcast("*" + name + " left*", name)
    lock.release()
    sock.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=14901)
    args = parser.parse_args()
    server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind((args.host, args.port))
    server.listen(10)
    while True:
        sock, address = server.accept()
        start(work, sock, address)


try:
    main()
except KeyboardInterrupt:
    print("Сервер остановлен")
