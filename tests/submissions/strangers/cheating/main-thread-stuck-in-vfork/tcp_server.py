"""The main thread waits in a vfork (state D, 50 s) while other threads serve."""
import argparse
import ctypes
import signal
import socket
import threading

CLONE_VFORK = 0x4000
lock, people = threading.Lock(), []


def stuck():
    libc = ctypes.CDLL(None)
    stack = ctypes.create_string_buffer(1 << 18)
    top = (ctypes.addressof(stack) + len(stack) - 64) & ~63
    # the child runs sleep(50) on a stack of its own; the parent is not scheduled until it has ended
    libc.clone(ctypes.cast(libc.sleep, ctypes.c_void_p), ctypes.c_void_p(top), CLONE_VFORK | signal.SIGCHLD, ctypes.c_void_p(50))


def tell(text, skip=None):
    for name, sock in people:
        if name != skip:
            try:
                sock.sendall(text.encode() + b"\n")
            except OSError:
                pass


def client(sock):
    me = None
    try:
        sock.sendall(b"name\n")
        for raw in sock.makefile("rb"):
            if not raw.endswith(b"\n"):
                break
            text = raw[:-1].decode(errors="replace")
            with lock:
                if me is None:
                    name = text.strip()
                    if not name or name in [n for n, _ in people]:
                        sock.sendall(b"name\n")
                        continue
                    me = (name, sock)
                    people.append(me)
                    sock.sendall(b"You are connected!\nTo terminate the connection to the server, enter leave\n")
                    tell(f"{name} joined!", name)
                elif text == f"*{me[0]} left*":
                    break
                else:
                    tell(text, me[0])
    except OSError:
        pass
    with lock:
        if me in people:
            people.remove(me)
            tell(f"*{me[0]} left*")
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    sock.close()


def accept(listener):
    while True:
        sock, address = listener.accept()
        print("Connected with", address, flush=True)
        threading.Thread(target=client, args=(sock,), daemon=True).start()


p = argparse.ArgumentParser()
p.add_argument("--host", default="127.0.0.1")
p.add_argument("--port", type=int, default=14901)
a = p.parse_args()
t = threading.Thread(target=accept, args=(socket.create_server((a.host, a.port), backlog=128),), daemon=True)
t.start()
try:
    stuck()
    t.join()
except KeyboardInterrupt:
    pass
