#!/usr/bin/python3
import socket
import argparse
import threading
import queue

lock = threading.Lock()
users = dict()


def send_queue(s, q):
    while True:
        m = q.get()
        if m is None:
            break
        try:
            s.sendall(m.encode() + b"\n")
        except OSError:
            break
    try:
        s.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    s.close()


def get_line(f):
    try:
        b = f.readline()
    except OSError:
        return None
    if not b.endswith(b"\n"):
        return None
    return b[:-1].decode("utf-8", "replace")


def client(s, addr):
    print("Connected with", addr)
    q = queue.Queue()
    threading.Thread(target=send_queue, args=(s, q), daemon=True).start()
    f = s.makefile("rb")
    name = None
    while name is None:
        q.put("name")
        line = get_line(f)
        if line is None:
            q.put(None)
            f.close()
            return
        line = line.strip()
        with lock:
            if line != "" and line not in users:
                name = line
                q.put("You are connected!")
                q.put("To terminate the connection to the server, enter leave")
                if users:
                    q.put("There are %d users in the chat" % (len(users) + 1))
                for u in users:
                    users[u].put(name + " joined!")
                users[name] = q
    print("Name is", name)
    while True:
        line = get_line(f)
        if line is None or line == "*" + name + " left*":
            break
        with lock:
            for u in users:
                if u != name:
                    users[u].put(line)
    with lock:
        del users[name]
        for u in users:
            users[u].put("*" + name + " left*")
    q.put(None)
    f.close()


ap = argparse.ArgumentParser()
ap.add_argument("--host", default="127.0.0.1")
ap.add_argument("--port", type=int, default=14901)
a = ap.parse_args()
srv = socket.socket()
srv.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
srv.bind((a.host, a.port))
srv.listen(128)
try:
    while True:
        threading.Thread(target=client, args=srv.accept(), daemon=True).start()
except KeyboardInterrupt:
    srv.close()
