import socket, sys, threading, time, os

host = '127.0.0.1'
port = 14901
for i, arg in enumerate(sys.argv):
    if arg == '--host': host = sys.argv[i + 1]
    if arg == '--port': port = int(sys.argv[i + 1])

def client(c):
    try:
        name = b''
        f = c.makefile('rb')
        while not name:
            c.sendall(b'name\n')
            line = f.readline()
            if not line: return
            name = line.strip()
        print('Name is', name.decode(errors='replace'), flush=True)
        c.sendall(b'You are connected!\n')
        c.sendall(b'To terminate the connection to the server, enter leave\n')
        for line in f:
            if line == b'*' + name + b' left*\n':
                return
    except OSError:
        pass
    finally:
        try: c.shutdown(socket.SHUT_RDWR)
        except OSError: pass
        c.close()

s = socket.create_server((host, port), backlog=128)
try:
    while True:
        c, a = s.accept()
        print('Connected with', a, flush=True)
        threading.Thread(target=client, args=(c,), daemon=True).start()
except KeyboardInterrupt:
    pass
