import socket
import sys
import threading
import queue

args = dict(zip(sys.argv[1::2], sys.argv[2::2]))
host = args.get("--host", "127.0.0.1")
port = int(args.get("--port", 14901))

clients = {}
changed = False
lock = threading.Lock()


def write_loop(conn, outbox):
    while True:
        text = outbox.get()
        if text is None:
            break
        try:
            conn.sendall((text + "\n").encode())
        except OSError:
            break
    try:
        conn.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    conn.close()


def relay(conn, text):
    global changed
    with lock:
        for other in list(clients):
            if changed:
                # the list of users is not the same any more: begin anew
                changed = False
                break
            if other is not conn:
                clients[other][1].put(text)


def read_loop(conn, addr):
    global changed
    print("Connected with", addr)
    outbox = queue.Queue()
    threading.Thread(target=write_loop, args=(conn, outbox), daemon=True).start()
    outbox.put("name")
    name = None
    data = b""
    while True:
        try:
            part = conn.recv(16384)
        except OSError:
            break
        if not part:
            break
        data += part
        lines = data.split(b"\n")
        data = lines.pop()
        stop = False
        for line in lines:
            line = line.decode("utf-8", "replace")
            if name is None:
                wish = line.strip()
                with lock:
                    if not wish or wish in (n for n, _ in clients.values()):
                        outbox.put("name")
                    else:
                        name = wish
                        outbox.put("You are connected!")
                        outbox.put("To terminate the connection to the server, enter leave")
                        for _, box in clients.values():
                            box.put(f"{name} joined!")
                        clients[conn] = name, outbox
                        print("Name is", name)
            elif line == f"*{name} left*":
                stop = True
                break
            else:
                relay(conn, line)
        if stop:
            break
    if name is not None:
        with lock:
            del clients[conn]
            changed = len(clients) > 0
            for _, box in clients.values():
                box.put(f"*{name} left*")
    outbox.put(None)


listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind((host, port))
listener.listen(128)
try:
    while True:
        threading.Thread(target=read_loop, args=listener.accept(), daemon=True).start()
except KeyboardInterrupt:
    listener.close()
