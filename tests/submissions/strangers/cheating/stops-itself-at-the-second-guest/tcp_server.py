import os, signal, socket, sys, threading

def arg(flag, default):
    return sys.argv[sys.argv.index(flag) + 1] if flag in sys.argv else default

users, lock = {}, threading.Lock()

def guest(c):
    name = None
    try:
        c.sendall(b"name\n")
        for line in c.makefile("rb"):
            line = line.rstrip(b"\n")
            with lock:
                if name is None:
                    name = line.strip()
                    users[name] = c
                    c.sendall(b"You are connected!\nTo terminate the connection to the server, enter leave\n")
                    if len(users) == 2:
                        # enough for today: the process stands still until somebody continues it
                        os.kill(os.getpid(), signal.SIGSTOP)
                for other in users:
                    if other != name:
                        users[other].sendall(line + b"\n")
    except OSError:
        pass

s = socket.create_server((arg("--host", "127.0.0.1"), int(arg("--port", 14901))))
while True:
    c, a = s.accept()
    print("Connected with", a, flush=True)
    threading.Thread(target=guest, args=(c,), daemon=True).start()
