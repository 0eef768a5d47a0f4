# клиент UDP: поток приёма запускается ещё до вопроса об имени
import argparse
import socket
import sys
import threading

lock = threading.Condition()
state = "waiting"           # waiting, again, in


def receiving(sock):
    global state
    while True:
        try:
            text = sock.recv(16384).decode("utf-8", errors="replace")
        except ConnectionRefusedError:
            continue
        except OSError:
            return
        with lock:
            if state != "in" and text == "name":
                state = "again"
                lock.notify()
                continue
            print(text, flush=True)
            if text == "You are connected!":
                state = "in"
                lock.notify()


def get_name(sock):
    global state
    while True:
        name = input("What is your name? ").strip()
        with lock:
            state = "waiting"
            sock.send(name.encode("utf-8"))
            lock.wait_for(lambda: state != "waiting")
            if state == "in":
                return name


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=14901)
    args = parser.parse_args()
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.connect((args.host, args.port))
    threading.Thread(target=receiving, args=(sock,), daemon=True).start()
    try:
        name = get_name(sock)
    except (EOFError, KeyboardInterrupt):
        return 0
    try:
        while True:
            text = input()
            if text == "leave":
                break
            if text:
                sock.send((name + ": " + text).encode("utf-8"))
    except (EOFError, KeyboardInterrupt):
        pass
    with lock:                      # nobody is printing now
        sock.send(("*" + name + " left*").encode("utf-8"))
    return 0


sys.exit(main())
