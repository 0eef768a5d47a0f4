# клиент UDP
import socket, sys, threading, os

args = dict(zip(sys.argv[1::2], sys.argv[2::2]))
server = (args.get("--host", "127.0.0.1"), int(args.get("--port", "14901")))
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.connect(server)


def get():
    return s.recv(16384).decode("utf-8", "replace")


def listen():
    while True:
        try:
            t = get()
        except ConnectionError:
            print("Сервер недоступен", flush=True)
            os._exit(1)
        print(t, flush=True)


def start():
    while True:
        name = input("What is your name? ").strip()
        s.send(name.encode())
        t = get()
        if t != "name":
            print(t, flush=True)
            return name


try:
    name = start()
except (EOFError, KeyboardInterrupt):
    sys.exit(0)
except ConnectionError:
    print("Сервер недоступен")
    sys.exit(1)
s.send((name + ": Hello everybody!").encode())
threading.Thread(target=listen, daemon=True).start()
try:
    while True:
        t = input()
        if t == "leave":
            break
        if t != "":
            s.send((name + ": " + t).encode())
except (EOFError, KeyboardInterrupt):
    pass
s.send(("*" + name + " left*").encode())
