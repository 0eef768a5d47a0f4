import argparse, os, socket, sys, threading


def show(s):
    while True:
        try:
            print(s.recv(16384).decode("utf-8", "replace"), flush=True)
        except ConnectionRefusedError:
            print("The server is gone", file=sys.stderr, flush=True)
            os._exit(1)


p = argparse.ArgumentParser()
p.add_argument("--host", default="127.0.0.1")
p.add_argument("--port", type=int, default=14901)
p = p.parse_args()
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.connect((p.host, p.port))
name = None
try:
    while True:
        name = input("What is your name? ").strip()
        s.send(name.encode())
        answer = s.recv(16384).decode("utf-8", "replace")
        if answer != "name":
            print(answer, flush=True)
            break
except (EOFError, KeyboardInterrupt):
    sys.exit(0)
except ConnectionRefusedError:
    sys.exit("There is no server")
threading.Thread(target=show, args=(s,), daemon=True).start()
try:
    while True:
        text = input()
        if text == "leave":
            break
        if text:
            s.send(f"{name}: {text}".encode())
except (EOFError, KeyboardInterrupt):
    pass
s.send(f"*{name} left*".encode())
