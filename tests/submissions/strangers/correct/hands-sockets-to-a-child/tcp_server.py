#!/usr/bin/env python3
# accepts here, serves there: each accepted descriptor goes to holder.py over a socket pair
import socket, subprocess, sys, os

def option(name, default):
    return sys.argv[sys.argv.index(name) + 1] if name in sys.argv else default

host = option('--host', '127.0.0.1')
port = int(option('--port', '14901'))

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind((host, port))
listener.listen(50)

mine, theirs = socket.socketpair()
holder = subprocess.Popen([sys.executable, os.path.join(os.path.dirname(os.path.abspath(__file__)), 'holder.py'), str(theirs.fileno())],
                          pass_fds=[theirs.fileno()], start_new_session=True)
theirs.close()
try:
    while holder.poll() is None:
        conn, addr = listener.accept()
        print('Connected with', addr, flush=True)
        socket.send_fds(mine, [b'x'], [conn.fileno()])
        conn.close()
except KeyboardInterrupt:
    pass
finally:
    mine.close()
    holder.wait(5)
