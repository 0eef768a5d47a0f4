import socket
import threading
import argparse

users = {}
users_lock = threading.RLock()


class User(object):
    def __init__(self, conn):
        self.conn = conn
        self.name = None
        self.lines = []
        self.closed = False
        self.cond = threading.Condition()

    def send(self, text):
        with self.cond:
            self.lines.append(text)
            self.cond.notify()

    def close(self):
        with self.cond:
            self.closed = True
            self.cond.notify()

    def sending(self):
        while 1:
            with self.cond:
                while not self.lines and not self.closed:
                    self.cond.wait()
                text = "".join(self.lines)
                self.lines = []
            if text == "":
                break
            try:
                self.conn.sendall(text.encode())
            except OSError:
                break
        try:
            self.conn.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.conn.close()



def send_to_others(user, text):
    with users_lock:
        for u in users.values():
            if u is not user:
                u.send(text)


def receiving(conn, addr):
    print("Connected with", addr)
    user = User(conn)
    threading.Thread(target=user.sending, daemon=True).start()
    user.send("name\n")
    stream = conn.makefile("r", encoding="utf-8", errors="replace", newline="\n")
    while True:
        try:
            line = stream.readline()
        except OSError:
            line = ""
        if line[-1:] != "\n":
            break
        if user.name is None:
            name = line.strip()
            with users_lock:
                if name and name not in users:
                    user.name = name
                    users[name] = user
                    user.send("You are connected!\n")
                    user.send("To terminate the connection to the server, enter leave\n")
                    send_to_others(user, name + " joined!\n")
                    print("Name is", name)
                else:
                    user.send("name\n")
        elif line == "*%s left*\n" % user.name:
            break
        else:
            send_to_others(user, line)
    stream.close()
    if user.name:
        with users_lock:
            del users[user.name]
            send_to_others(user, "*%s left*" % user.name)
    user.close()


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--host", default="127.0.0.1")
    p.add_argument("--port", default=14901, type=int)
    a = p.parse_args()
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind((a.host, a.port))
    s.listen(128)
    try:
        while 1:
            threading.Thread(target=receiving, args=s.accept(), daemon=True).start()
    except KeyboardInterrupt:
        s.close()


main()
