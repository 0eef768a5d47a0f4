import argparse
import queue
import socket
import threading

users = {}
lock = threading.Lock()


def out(conn, q):
    for text in iter(q.get, None):
        try:
            conn.sendall(f"{text}\n".encode())
        except OSError:
            break
    try:
        conn.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    conn.close()


def into(conn, addr):
    print("Connected with", addr)
    q = queue.Queue()
    threading.Thread(target=out, args=(conn, q), daemon=True).start()
    q.put("name")
    me, rest, on = None, b"", True
    while on:
        try:
            data = conn.recv(16384)
        except OSError:
            break
        if not data:
            break
        parts = (rest + data).split(b"\n")
        rest = parts.pop()
        for part in parts:
            line = part.decode("utf-8", "replace")
            with lock:
                if me is None:
                    line = line.strip()
                    if not line or line in users:
                        q.put("name")
                        continue
                    me = line
                    users[me] = q
                    q.put("You are connected!")
                    q.put("To terminate the connection to the server, enter leave")
                    line = f"{me} joined!"
                    print("Name is", me)
                elif line == f"*{me} left*":
                    on = False
                    break
                for n in users:
                    if n != me:
                        users[n].put(line)
    with lock:
        if me is not None:
            del users[me]
            for n in users:
                users[n].put(f"*{me} left*")
    q.put(None)


p = argparse.ArgumentParser()
p.add_argument("--host", default="127.0.0.1")
p.add_argument("--port", type=int, default=14901)
p = p.parse_args()
s = socket.create_server((p.host, p.port), backlog=128)
try:
    while True:
        threading.Thread(target=into, args=s.accept(), daemon=True).start()
except KeyboardInterrupt:
    s.close()
