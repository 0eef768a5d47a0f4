import argparse
import socket
import threading
from queue import Queue


class Names:
    """Which names are in use"""

    def __init__(self):
        self.text = ";"

    def __contains__(self, name):
        return ";" + name in self.text

    def add(self, name):
        self.text += name + ";"

    def remove(self, name):
        self.text = self.text.replace(";" + name + ";", ";", 1)


names = Names()
boxes = {}
lock = threading.Lock()


def write(sock, box):
    try:
        while True:
            line = box.get()
            if line is None:
                sock.shutdown(socket.SHUT_RDWR)
                break
            sock.sendall(line.encode() + b"\n")
    except OSError:
        pass
    sock.close()


def others(me, text):
    for name in boxes:
        if name != me:
            boxes[name].put(text)


def lines(sock):
    data = b""
    while True:
        line, found, rest = data.partition(b"\n")
        if found:
            data = rest
            yield line.decode("utf-8", "replace")
            continue
        try:
            more = sock.recv(16384)
        except OSError:
            return
        if more == b"":
            return
        data += more


def handle(sock, addr):
    print("Connected with", addr)
    box = Queue()
    threading.Thread(target=write, args=(sock, box), daemon=True).start()
    box.put("name")
    source = lines(sock)
    me = None
    for answer in source:
        answer = answer.strip()
        with lock:
            if answer != "" and answer not in names:
                me = answer
                names.add(me)
                boxes[me] = box
                box.put("You are connected!")
                box.put("To terminate the connection to the server, enter leave")
                others(me, me + " joined!")
                break
        box.put("name")
    if me is not None:
        print("Name is", me)
        for line in source:
            if line == "*" + me + " left*":
                break
            with lock:
                others(me, line)
        with lock:
            names.remove(me)
            del boxes[me]
            others(me, "*" + me + " left*")
    box.put(None)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", default=14901, type=int)
    args = parser.parse_args()
    door = socket.create_server((args.host, args.port), backlog=128)
    try:
        while True:
            threading.Thread(target=handle, args=door.accept(), daemon=True).start()
    except KeyboardInterrupt:
        door.close()
