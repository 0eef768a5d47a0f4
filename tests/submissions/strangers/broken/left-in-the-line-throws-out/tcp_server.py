import argparse
import socket
import threading
import queue

"""
Протокол: имя, потом сообщения, в конце *имя left*
"""

rooms = {"users": {}}
lock = threading.Lock()


def out(q, conn):
    while True:
        msg = q.get()
        if msg == "":
            break
        try:
            conn.sendall(msg.encode("utf-8"))
        except OSError:
            break
    try:
        conn.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    conn.close()


def inp(conn, addr):
    print("Connected with", addr)
    q = queue.Queue()
    threading.Thread(target=out, args=(q, conn), daemon=True).start()
    users = rooms["users"]
    f = conn.makefile(mode="r", encoding="utf-8", errors="replace", newline="\n")
    me = None
    q.put("name\n")
    while True:
        try:
            line = f.readline()
        except OSError:
            break
        if not line.endswith("\n"):
            break
        if me is None:
            me = line.strip()
            lock.acquire()
            try:
                if me == "" or me in users:
                    me = None
                    q.put("name\n")
                else:
                    q.put("You are connected!\n")
                    q.put("To terminate the connection to the server, enter leave\n")
                    for u in users:
                        users[u].put(me + " joined!\n")
                    users[me] = q
                    print("Name is", me)
            finally:
                lock.release()
        else:
            if "left" in line:
                break
            lock.acquire()
            try:
                for u in users:
                    if u != me:
                        users[u].put(line)
            finally:
                lock.release()
    if me is not None:
        lock.acquire()
        try:
            users.pop(me)
            for u in users:
                users[u].put("*" + me + " left*\n")
        finally:
            lock.release()
    q.put("")
    f.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", default=14901, type=int)
    args = parser.parse_args()
    server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind((args.host, args.port))
    server.listen(100)
    try:
        while True:
            conn, addr = server.accept()
            threading.Thread(target=inp, args=(conn, addr), daemon=True).start()
    except KeyboardInterrupt:
        print("пока")
        server.close()
