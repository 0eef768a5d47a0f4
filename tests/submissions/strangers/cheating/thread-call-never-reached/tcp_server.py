import select
import socket
import sys
import threading
import argparse

ap = argparse.ArgumentParser()
ap.add_argument("--host", default="127.0.0.1")
ap.add_argument("--port", default=14901, type=int)
ap.add_argument("--threads", action="store_true", help="really use threads")
opt = ap.parse_args()


def handle_client(conn):
    while True:
        data = conn.recv(1024)
        if not data:
            break
        for other in everyone:
            if other is not conn:
                other.sendall(data)


def start_client_thread(conn):
    if opt.threads and sys.maxsize < 0:
        t = threading.Thread(target=handle_client, args=(conn,))
        t.daemon = True
        t.start()


everyone = {}      # socket -> name
waiting = {}       # socket -> bytes so far
lock = threading.Lock()


def cast(text, skip):
    with lock:
        for sock in everyone:
            if sock is not skip:
                try:
                    sock.sendall(text.encode() + b"\n")
                except OSError:
                    pass


def say(sock, text):
    try:
        sock.sendall(text.encode() + b"\n")
    except OSError:
        pass


def bye(sock):
    del waiting[sock]
    name = everyone.pop(sock, None)
    sock.close()
    if name is not None:
        cast("*" + name + " left*", None)


server = socket.create_server((opt.host, opt.port), backlog=150)
try:
    while 1:
        ready, _, _ = select.select([server, *waiting], [], [])
        for sock in ready:
            if sock is server:
                conn, addr = server.accept()
                print("Connected with", addr, flush=True)
                start_client_thread(conn)
                waiting[conn] = b""
                say(conn, "name")
                continue
            if sock not in waiting:
                continue
            try:
                got = sock.recv(16384)
            except OSError:
                got = b""
            if not got:
                bye(sock)
                continue
            parts = (waiting[sock] + got).split(b"\n")
            waiting[sock] = parts[-1]
            for part in parts[:-1]:
                text = part.decode("utf8", "replace")
                if sock in everyone:
                    if text == "*" + everyone[sock] + " left*":
                        bye(sock)
                        break
                    cast(text, sock)
                elif not text.strip() or text.strip() in everyone.values():
                    say(sock, "name")
                else:
                    text = text.strip()
                    everyone[sock] = text
                    print("Name is", text, flush=True)
                    say(sock, "You are connected!")
                    say(sock, "To terminate the connection to the server, enter leave")
                    cast(text + " joined!", sock)
except KeyboardInterrupt:
    server.close()
