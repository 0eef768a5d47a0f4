import socket, threading, sys, os, argparse

ap = argparse.ArgumentParser()
ap.add_argument("--host", default="127.0.0.1")
ap.add_argument("--port", type=int, default=14901)
ns = ap.parse_args()
try:
    sock = socket.create_connection((ns.host, ns.port))
except OSError:
    sys.exit("cannot connect")
f = sock.makefile("rb")
bye = threading.Event()


def line():
    try:
        raw = f.readline()
    except OSError:
        return None
    return raw[:-1].decode("utf-8", "replace") if raw.endswith(b"\n") else None


def listen():
    while (t := line()) is not None:
        print(t, flush=True)
    if not bye.is_set():
        print("server closed the connection", flush=True)
        os._exit(2)


def main():
    name = ""
    while True:
        t = line()
        if t is None:
            print("server closed the connection")
            sys.exit(2)
        if t == "name":
            name = input("What is your name? ").strip()
            sock.sendall(b"%-16s\n" % name.encode())
        else:
            print(t, flush=True)
            if t == "You are connected!":
                break
    th = threading.Thread(target=listen, daemon=True)
    th.start()
    try:
        while True:
            t = input()
            if t == "leave":
                break
            if t:
                sock.sendall((name + ": " + t + "\n").encode())
    except (EOFError, KeyboardInterrupt):
        pass
    bye.set()
    try:
        sock.sendall(("*" + name + " left*\n").encode())
        sock.shutdown(socket.SHUT_WR)
    except OSError:
        pass
    th.join(3)


try:
    main()
except (EOFError, KeyboardInterrupt):
    pass
