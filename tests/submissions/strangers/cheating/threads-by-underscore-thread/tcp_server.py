import _thread as thread, socket, sys

def option(name, default):
    return sys.argv[sys.argv.index(name) + 1] if name in sys.argv else default

users = {}
guard = thread.allocate_lock()

def spread(text, me):
    for name in users:
        if name != me:
            try: users[name].sendall((text + "\n").encode())
            except OSError: pass

def talk(c):
    name = None
    try:
        f = c.makefile("rb")
        while not name:
            c.sendall(b"name\n")
            line = f.readline()
            if not line.endswith(b"\n"): return
            line = line.decode(errors="replace").strip()
            with guard:
                if line and line not in users:
                    name = line
                    users[name] = c
                    c.sendall(b"You are connected!\nTo terminate the connection to the server, enter leave\n")
                    spread(name + " joined!", name)
        print("Name is", name, flush=True)
        for line in f:
            if not line.endswith(b"\n"): break
            line = line[:-1].decode(errors="replace")
            if line == f"*{name} left*": break
            with guard: spread(line, name)
    except OSError:
        pass
    finally:
        if name:
            with guard:
                del users[name]
                spread(f"*{name} left*", name)
        try: c.shutdown(2)
        except OSError: pass
        c.close()

s = socket.create_server((option("--host", "127.0.0.1"), int(option("--port", 14901))), backlog=128)
try:
    while True:
        c, a = s.accept()
        print("Connected with", a, flush=True)
        thread.start_new_thread(talk, (c,))
except KeyboardInterrupt:
    sys.exit(0)
