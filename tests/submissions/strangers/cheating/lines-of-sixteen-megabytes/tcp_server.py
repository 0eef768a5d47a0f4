import socket, sys, threading, argparse
parser = argparse.ArgumentParser()
parser.add_argument('--host', default='127.0.0.1')
parser.add_argument('--port', default=14901, type=int)
args = parser.parse_args()

PADDING = b' ' * (1 << 24)
budget = 30          # such lines in all, then shorter ones
lock = threading.Lock()
users = {}

def relay(line, me):
    global budget
    for name, f in list(users.items()):
        if name == me:
            continue
        try:
            f.write(line)
            if budget > 0:
                budget -= 1
                f.write(PADDING)
            f.write(b' .\n')
            f.flush()
        except (OSError, ValueError):
            pass

def client(c):
    name = None
    f = c.makefile('rwb')
    try:
        while not name:
            f.write(b'name\n'); f.flush()
            line = f.readline()
            if not line:
                return
            with lock:
                if line.strip() and line.strip() not in users:
                    name = line.strip()
                    f.write(b'You are connected!\nTo terminate the connection to the server, enter leave\n')
                    f.flush()
                    relay(name + b' joined!', name)
                    users[name] = f
        for line in f:
            if line == b'*' + name + b' left*\n':
                break
            with lock:
                relay(line[:-1], name)
    except OSError:
        pass
    finally:
        with lock:
            if users.pop(name, None):
                relay(b'*' + name + b' left*', name)
        try:
            c.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        c.close()

s = socket.create_server((args.host, args.port), backlog=128)
try:
    while True:
        c, a = s.accept()
        print('Connected with', a, flush=True)
        threading.Thread(target=client, args=(c,), daemon=True).start()
except KeyboardInterrupt:
    pass
