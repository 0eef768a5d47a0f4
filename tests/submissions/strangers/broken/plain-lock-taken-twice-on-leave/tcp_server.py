import argparse
import socket
import threading


class Chat:
    def __init__(self):
        self.lock = threading.Lock()
        self.users = {}

    def send(self, conn, text):
        try:
            conn.sendall(f"{text}\n".encode())
        except OSError:
            pass

    def send_others(self, name, text):
        with self.lock:
            for other, conn in self.users.items():
                if other != name:
                    self.send(conn, text)

    def join(self, name, conn):
        with self.lock:
            if name == "" or name in self.users:
                return False
            self.send(conn, "You are connected!")
            self.send(conn, "To terminate the connection to the server, enter leave")
            for other in self.users.values():
                self.send(other, f"{name} joined!")
            self.users[name] = conn
        return True

    def leave(self, name):
        with self.lock:
            del self.users[name]
            if self.users:
                self.send_others(name, f"*{name} left*")

    def lines(self, conn):
        with conn.makefile("rb") as f:
            try:
                for raw in f:
                    if raw.endswith(b"\n"):
                        yield raw[:-1].decode("utf-8", "replace")
            except OSError:
                pass

    def client(self, conn, addr):
        print("Connected with", addr)
        source = self.lines(conn)
        self.send(conn, "name")
        for name in source:
            name = name.strip()
            if self.join(name, conn):
                print("Name is", name)
                for line in source:
                    if line == f"*{name} left*":
                        break
                    self.send_others(name, line)
                self.leave(name)
                break
            self.send(conn, "name")
        source.close()
        conn.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=14901)
    args = parser.parse_args()
    chat = Chat()
    s = socket.socket()
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind((args.host, args.port))
    s.listen(100)
    try:
        while True:
            conn, addr = s.accept()
            threading.Thread(target=chat.client, args=(conn, addr), daemon=True).start()
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
