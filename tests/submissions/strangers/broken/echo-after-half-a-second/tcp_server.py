"""Chat. Every client has a reader thread, a writer thread and a queue between them."""
import getopt
import socket
import sys
import threading
from queue import Queue

host, port = "127.0.0.1", 14901
for key, value in getopt.getopt(sys.argv[1:], "", ["host=", "port="])[0]:
    if key == "--host":
        host = value
    else:
        port = int(value)

users = {}
guard = threading.Lock()


def confirm(box, line):
    # delivery report
    box.put(line)


def writer(conn, box):
    try:
        for item in iter(box.get, None):
            conn.sendall(item.encode() + b"\n")
    except OSError:
        pass
    try:
        conn.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    conn.close()


def handle(conn, addr):
    print("Connected with", addr)
    box = Queue()
    w = threading.Thread(target=writer, args=(conn, box), daemon=True)
    w.start()
    source = conn.makefile("r", encoding="utf-8", errors="replace", newline="\n")
    name = None
    box.put("name")
    try:
        for line in source:
            if not line.endswith("\n"):
                break
            line = line[:-1]
            if name is None:
                wanted = line.strip()
                with guard:
                    if wanted == "" or wanted in users:
                        box.put("name")
                        continue
                    name = wanted
                    box.put("You are connected!")
                    box.put("To terminate the connection to the server, enter leave")
                    for other in users.values():
                        other.put(f"{name} joined!")
                    users[name] = box
                print("Name is", name)
            elif line == f"*{name} left*":
                break
            else:
                with guard:
                    for nick in users:
                        if nick != name:
                            users[nick].put(line)
                t = threading.Timer(0.5, confirm, (box, line))
                t.daemon = True
                t.start()
    except OSError:
        pass
    if name is not None:
        with guard:
            users.pop(name)
            for other in users.values():
                other.put(f"*{name} left*")
    box.put(None)
    source.close()


listener = socket.create_server((host, port), backlog=100)
try:
    while 1:
        threading.Thread(target=handle, args=listener.accept(), daemon=True).start()
except KeyboardInterrupt:
    sys.exit()
