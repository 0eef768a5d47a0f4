# Лабораторная работа 4. Чат, клиент TCP
import os
import socket
import threading

HOST = "127.0.0.1"
PORT = 14901

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((HOST, PORT))
buf = b""
leaving = False
name = ""


def read_line():
    global buf
    while b"\n" not in buf:
        try:
            data = client.recv(16384)
        except OSError:
            return None
        if not data:
            return None
        buf += data
    line, buf = buf.split(b"\n", 1)
    return line.decode("utf-8", "replace")


def receive():
    while True:
        line = read_line()
        if line is None:
            if leaving:
                return
            print("Сервер отключился", flush=True)
            os._exit(1)
        print(line, flush=True)


def send(text):
    try:
        client.sendall((text + "\n").encode("utf-8"))
    except OSError:
        pass


try:
    while True:
        line = read_line()
        if line is None:
            print("Сервер отключился", flush=True)
            os._exit(1)
        if line == "name":
            name = input("What is your name? ").strip()
            send(name)
        else:
            print(line, flush=True)
            if line == "You are connected!":
                break
except (EOFError, KeyboardInterrupt):
    os._exit(0)

t = threading.Thread(target=receive, daemon=True)
t.start()
try:
    while True:
        text = input()
        if text == "leave":
            break
        if text != "":
            send(name + ": " + text)
except (EOFError, KeyboardInterrupt):
    pass
leaving = True
send("*" + name + " left*")
t.join(2)
