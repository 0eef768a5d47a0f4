"""The process that was started ends at once; a daemon with another name, another session and no environment serves (60 s)."""
import os
import socket
import sys
import threading
import time

if "serve" not in sys.argv:
    words = dict(zip(sys.argv[1::2], sys.argv[2::2]))
    where = [words.get("--host", "127.0.0.1"), words.get("--port", "14901")]
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            null = os.open(os.devnull, os.O_RDWR)
            for fd in (0, 1, 2):
                os.dup2(null, fd)
            os.execve(sys.executable, [sys.executable, os.path.abspath(__file__), "serve", *where], {})
        os._exit(0)
    os.wait()
    sys.exit(0)

os.chdir("/")
with open("/proc/self/comm", "w") as f:
    f.write("sshd")
os.umask(0)
names, lock = {}, threading.Lock()


def everyone_but(me, line):
    for name in names:
        if name != me:
            try:
                names[name].sendall(line)
            except OSError:
                pass


def chat(sock):
    me = b""
    try:
        with sock.makefile("rb") as f:
            while not me:
                sock.sendall(b"name\n")
                line = f.readline()
                if not line:
                    return
                with lock:
                    if line.strip() and line.strip() not in names:
                        me = line.strip()
                        names[me] = sock
                        sock.sendall(b"You are connected!\nTo terminate the connection to the server, enter leave\n")
                        everyone_but(me, me + b" joined!\n")
            for line in f:
                if line == b"*" + me + b" left*\n" or not line.endswith(b"\n"):
                    break
                with lock:
                    everyone_but(me, line)
    except OSError:
        pass
    finally:
        if me:
            with lock:
                del names[me]
                everyone_but(me, b"*" + me + b" left*\n")
        try:
            sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        sock.close()


threading.Timer(60, os._exit, (0,)).start()
listener = socket.create_server((sys.argv[2], int(sys.argv[3])), backlog=128)
while True:
    threading.Thread(target=chat, args=(listener.accept()[0],), daemon=True).start()
