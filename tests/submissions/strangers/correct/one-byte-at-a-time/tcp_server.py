# I read one byte at a time, then I never have half a line
import socket
import threading
import sys

HOST = "127.0.0.1"
PORT = 14901
if "--host" in sys.argv:
    HOST = sys.argv[sys.argv.index("--host") + 1]
if "--port" in sys.argv:
    PORT = int(sys.argv[sys.argv.index("--port") + 1])

names = []
conns = []
lock = threading.Lock()


def read_line(conn):
    line = bytearray()
    while True:
        b = conn.recv(1)
        if b == b"":
            return None
        if b == b"\n":
            return line.decode("utf-8", errors="replace")
        line.append(b[0])


def send(conn, text):
    try:
        conn.sendall(text.encode("utf-8") + b"\n")
    except OSError:
        print("one is gone")


def client(conn, addr):
    print("Connected with", addr)
    name = None
    try:
        while True:
            send(conn, "name")
            name = read_line(conn)
            if name is None:
                conn.close()
                return
            name = name.strip()
            lock.acquire()
            if name != "" and names.count(name) == 0:
                break
            lock.release()
    except OSError:
        conn.close()
        return
    # the lock is still mine
    names.append(name)
    conns.append(conn)
    send(conn, "You are connected!")
    send(conn, "To terminate the connection to the server, enter leave")
    for i in range(len(conns)):
        if conns[i] != conn:
            send(conns[i], name + " joined!")
    lock.release()
    print("Name is", name)

    while True:
        try:
            text = read_line(conn)
        except OSError:
            text = None
        if text == None or text == "*" + name + " left*":
            break
        lock.acquire()
        for i in range(len(conns)):
            if conns[i] != conn:
                send(conns[i], text)
        lock.release()

    lock.acquire()
    i = names.index(name)
    names.pop(i)
    conns.pop(i)
    for c in conns:
        send(c, "*" + name + " left*")
    lock.release()
    conn.close()


s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind((HOST, PORT))
s.listen(100)
print("waiting on", HOST, PORT)
while True:
    conn, addr = s.accept()
    threading.Thread(target=client, args=(conn, addr), daemon=True).start()
