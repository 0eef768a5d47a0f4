import socket, threading, queue, sys

# --host / --port by hand, argparse is too much for two options
def option(name, default):
    if name in sys.argv:
        return sys.argv[sys.argv.index(name) + 1]
    return default

HOST = option("--host", "127.0.0.1")
PORT = int(option("--port", "14901"))

boxes = {}                  # name -> queue of bytes
lock = threading.RLock()


def tell(text, but):
    with lock:
        for name, box in boxes.items():
            if name != but:
                box.put(text + "\n")


def sender(conn, box):
    while True:
        text = box.get()
        if text is None:
            break
        try:
            conn.sendall(text.encode())
        except OSError:
            break
    try:
        conn.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    conn.close()


def next_line(f):
    try:
        raw = f.readline()
    except OSError:
        return None
    if raw[-1:] != b"\n":
        return None
    return raw[:-1].decode(errors="replace")


def client(conn, addr):
    print("Connected with", addr)
    box = queue.Queue()
    threading.Thread(target=sender, args=(conn, box), daemon=True).start()
    f = conn.makefile("rb", 16384)
    name = ""
    while True:
        box.put("name\n")
        name = next_line(f)
        if name is None:
            box.put(None)
            f.close()
            return
        name = name.strip()
        with lock:
            if name and name not in boxes:
                box.put("You are connected!\n")
                box.put("To terminate the connection to the server, enter leave\n")
                boxes[name] = box
                tell(name + " joined!", name)
                break
    print("Name is", name)
    pending = None
    while True:
        line = next_line(f)
        if line is None or line == f"*{name} left*":
            break
        if pending is not None:
            tell(pending, name)
        pending = line
    with lock:
        if pending is not None:
            tell(pending, name)
        del boxes[name]
        tell(f"*{name} left*", name)
    box.put(None)
    f.close()


s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind((HOST, PORT))
s.listen(200)
try:
    while True:
        c, a = s.accept()
        threading.Thread(target=client, args=(c, a), daemon=True).start()
except KeyboardInterrupt:
    s.close()
    sys.exit(0)
