"""Serves well, and leaves things behind in its own and the temporary folder that are hard to read or to remove.

To undo:  chattr -R -i . ; chmod -R u+rwX . ; rm -rf cellar*
"""
import argparse
import array
import fcntl
import os
import queue
import socket
import tempfile
import threading

FS_IOC_GETFLAGS, FS_IOC_SETFLAGS, FS_IMMUTABLE = 0x80086601, 0x40086602, 0x10


def freeze(path):
    try:
        fd = os.open(path, os.O_RDONLY)
    except OSError:
        return
    try:
        flags = array.array("L", [0])
        fcntl.ioctl(fd, FS_IOC_GETFLAGS, flags, True)
        flags[0] |= FS_IMMUTABLE
        fcntl.ioctl(fd, FS_IOC_SETFLAGS, flags)
    except OSError:
        pass                                    # not permitted, or not on this file system
    finally:
        os.close(fd)


def leave_behind(base):
    cellar = os.path.join(base, f"cellar-{os.getpid()}").encode()
    try:
        os.makedirs(cellar + b"/locked/inner")
        for odd in (b"new\nline", b"\xff\xfe", b"-rf", b"a" * 255, b" ", b"\x1b[2J", b"*"):
            with open(cellar + b"/" + odd, "wb") as f:
                f.write(b"?")
        os.mkfifo(cellar + b"/pipe")
        os.symlink(b"loop", cellar + b"/loop")
        s = socket.socket(socket.AF_UNIX)
        s.bind(cellar + b"/sock")
        with open(cellar + b"/locked/inner/frozen", "wb") as f:
            f.write(b"!")
        freeze(cellar + b"/locked/inner/frozen")
        os.chmod(cellar + b"/locked/inner", 0)
        os.chmod(cellar + b"/locked", 0)
        os.chmod(cellar, 0o500)
    except OSError:
        pass


users = {}
mutex = threading.Lock()


def shout(text, but):
    for name, box in users.items():
        if name != but:
            box.put(text)


def deliver(sock, box):
    try:
        while (text := box.get()) is not None:
            sock.sendall(text.encode() + b"\n")
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    sock.close()


def listen_to(sock):
    box, name = queue.Queue(), None
    threading.Thread(target=deliver, args=(sock, box), daemon=True).start()
    box.put("name")
    try:
        file = sock.makefile("rb")
        while (raw := file.readline())[-1:] == b"\n":
            text = raw[:-1].decode(errors="replace")
            with mutex:
                if name is None:
                    if (wish := text.strip()) and wish not in users:
                        name = wish
                        users[name] = box
                        box.put("You are connected!")
                        box.put("To terminate the connection to the server, enter leave")
                        shout(f"{name} joined!", name)
                    else:
                        box.put("name")
                elif text == f"*{name} left*":
                    break
                else:
                    shout(text, name)
    except OSError:
        pass
    with mutex:
        if name is not None:
            del users[name]
            shout(f"*{name} left*", name)
    box.put(None)


ap = argparse.ArgumentParser()
ap.add_argument("--host", default="127.0.0.1")
ap.add_argument("--port", type=int, default=14901)
ns = ap.parse_args()
for base in (os.path.dirname(os.path.abspath(__file__)), tempfile.gettempdir()):
    leave_behind(base)
listener = socket.create_server((ns.host, ns.port), backlog=128)
try:
    while True:
        sock, address = listener.accept()
        print("Connected with", address, flush=True)
        threading.Thread(target=listen_to, args=(sock,), daemon=True).start()
except KeyboardInterrupt:
    pass
