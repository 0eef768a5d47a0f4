# -*- coding: utf-8 -*-
# главный поток раз в миллисекунду смотрит, не пора ли закончить
import signal
import socket
import threading
import time
import argparse

stop = False
sockets = {}
names_lock = threading.RLock()


def on_signal(number, frame):
    global stop
    stop = True


def send_line(sock, text):
    data = (text + "\n").encode("utf-8")
    try:
        sock.sendall(data)
    except OSError:
        pass


def send_others(text, name):
    with names_lock:
        for n, s in sockets.items():
            if n != name:
                send_line(s, text)


def get_lines(sock):
    buffer = b""
    while not stop:
        try:
            part = sock.recv(16384)
        except OSError:
            break
        if part == b"":
            break
        buffer += part
        lines = buffer.split(b"\n")
        buffer = lines[-1]
        for line in lines[:-1]:
            yield line.decode("utf-8", errors="replace")


def join(sock, lines):
    send_line(sock, "name")
    for line in lines:
        name = line.strip()
        with names_lock:
            if name and name not in sockets:
                sockets[name] = sock
                send_line(sock, "You are connected!")
                send_line(sock, "To terminate the connection to the server, enter leave")
                send_others(name + " joined!", name)
                return name
        send_line(sock, "name")
    return None


def client_thread(sock, address):
    print("Connected with", address)
    lines = get_lines(sock)
    name = join(sock, lines)
    if name is not None:
        print("Name is", name)
        for line in lines:
            if line == "*" + name + " left*":
                break
            send_others(line, name)
        with names_lock:
            del sockets[name]
            send_others("*" + name + " left*", name)
    sock.close()


def accept_thread(server):
    while not stop:
        sock, address = server.accept()
        threading.Thread(target=client_thread, args=(sock, address), daemon=True).start()


parser = argparse.ArgumentParser()
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, default=14901)
args = parser.parse_args()

signal.signal(signal.SIGINT, on_signal)
server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind((args.host, args.port))
server.listen(100)
threading.Thread(target=accept_thread, args=(server,), daemon=True).start()
while not stop:
    time.sleep(0.001)
print("Конец работы")
