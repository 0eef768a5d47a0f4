"""Chat server. The folder has links: a module that lies elsewhere, links in a circle, a link to nowhere."""
import os
import queue
import socket
import sys
import threading

HERE = os.path.dirname(os.path.abspath(__file__))


def more_links():
    for name, target in (("udp_server.py", "/etc/hostname"), ("circle", "."), ("nowhere", "/nonexistent/x"),
                         ("chain", "chain2"), ("chain2", "chain")):
        try:
            os.symlink(target, os.path.join(HERE, name))
        except OSError:
            pass


class Table(dict):
    guard = threading.Lock()

    def tell(self, text, me=None):
        for name, box in self.items():
            if name != me:
                box.put(text)


table = Table()


def writer(sock, box):
    while True:
        text = box.get()
        try:
            if text is None:
                sock.shutdown(socket.SHUT_RDWR)
                break
            sock.sendall((text + "\n").encode())
        except OSError:
            break


def reader(sock):
    box = queue.Queue()
    threading.Thread(target=writer, args=(sock, box), daemon=True).start()
    box.put("name")
    me = None
    f = sock.makefile("rb")
    while True:
        try:
            line = f.readline()
        except OSError:
            break
        if not line.endswith(b"\n"):
            break
        text = line[:-1].decode("utf-8", errors="replace")
        with table.guard:
            if me is None:
                text = text.strip()
                if text == "" or text in table:
                    box.put("name")
                else:
                    me = text
                    table[me] = box
                    box.put("You are connected!")
                    box.put("To terminate the connection to the server, enter leave")
                    table.tell(me + " joined!", me)
            elif text == "*" + me + " left*":
                break
            else:
                table.tell(text, me)
    with table.guard:
        if me is not None:
            del table[me]
            table.tell("*" + me + " left*")
    box.put(None)


host, port = "127.0.0.1", 14901
for flag, value in zip(sys.argv, sys.argv[1:]):
    if flag == "--host":
        host = value
    if flag == "--port":
        port = int(value)
more_links()
s = socket.create_server((host, port), backlog=128)
try:
    while True:
        c, a = s.accept()
        print("Connected with", a, flush=True)
        threading.Thread(target=reader, args=(c,), daemon=True).start()
except KeyboardInterrupt:
    pass
