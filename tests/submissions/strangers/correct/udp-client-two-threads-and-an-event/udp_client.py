"""Both typing and receiving have a thread; the main thread waits for the end."""
import getopt
import os
import socket
import sys
import threading


def receiver(sock, finished, status):
    try:
        while True:
            data = sock.recv(16384)
            print(str(data, "utf-8", "replace"), flush=True)
    except ConnectionRefusedError:
        print("The server is not there.", file=sys.stderr, flush=True)
        status.append(1)
        finished.set()


def typist(sock, name, finished):
    try:
        while True:
            text = input()
            if text == "leave":
                break
            if text != "":
                sock.sendall(bytes(name + ": " + text, "utf-8"))
    except EOFError:
        pass
    finished.set()


def main():
    host, port = "127.0.0.1", 14901
    for key, value in getopt.getopt(sys.argv[1:], "", ["host=", "port="])[0]:
        if key == "--host":
            host = value
        else:
            port = int(value)
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.connect((host, port))
    name = ""
    try:
        reply = b"name"
        while reply == b"name":
            name = input("What is your name? ").strip()
            sock.send(bytes(name, "utf-8"))
            reply = sock.recv(16384)
        print(str(reply, "utf-8", "replace"), flush=True)
    except (EOFError, KeyboardInterrupt):
        return
    except ConnectionRefusedError:
        sys.exit("The server is not there.")
    finished = threading.Event()
    status = []
    threads = [threading.Thread(target=receiver, args=(sock, finished, status), daemon=True),
               threading.Thread(target=typist, args=(sock, name, finished), daemon=True)]
    for thread in threads:
        thread.start()
    try:
        finished.wait()
    except KeyboardInterrupt:
        pass
    if not status:
        sock.send(bytes("*" + name + " left*", "utf-8"))
    sys.stdout.flush()
    os._exit(1 if status else 0)


main()
