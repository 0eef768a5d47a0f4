"""A chat server on a very slow line: it takes 300 ms before anything is sent."""
import argparse
import collections
import socket
import threading
import time

SLOWNESS = 0.3


class SlowWriter(threading.Thread):
    def __init__(self, sock):
        super().__init__(daemon=True)
        self.sock = sock
        self.waiting = collections.deque()
        self.something = threading.Semaphore(0)
        self.stopped = False

    def put(self, text):
        self.waiting.append(text)
        self.something.release()

    def stop(self):
        self.stopped = True
        self.something.release()

    def run(self):
        while True:
            self.something.acquire()
            if self.stopped:
                return
            text = self.waiting.popleft()
            time.sleep(SLOWNESS)
            try:
                self.sock.sendall(text.encode() + b"\n")
            except OSError:
                return


class Server:
    def __init__(self, host, port):
        self.listener = socket.create_server((host, port), backlog=128)
        self.writers = {}
        self.mutex = threading.Lock()

    def others(self, text, name):
        for other, writer in self.writers.items():
            if other != name:
                writer.put(text)

    def handle(self, sock, address):
        print("Connected with", address, flush=True)
        writer = SlowWriter(sock)
        writer.start()
        name = None
        writer.put("name")
        for line in self.lines(sock):
            if name is None:
                wish = line.strip()
                with self.mutex:
                    if wish and wish not in self.writers:
                        name = wish
                        self.writers[name] = writer
                        writer.put("You are connected!")
                        writer.put("To terminate the connection to the server, enter leave")
                        self.others(f"{name} joined!", name)
                if name is None:
                    writer.put("name")
                else:
                    print("Name is", name, flush=True)
            elif line == f"*{name} left*":
                break
            else:
                with self.mutex:
                    self.others(line, name)
        if name is not None:
            with self.mutex:
                del self.writers[name]
                self.others(f"*{name} left*", name)
        writer.stop()
        try:
            sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        sock.close()

    @staticmethod
    def lines(sock):
        rest = b""
        while True:
            try:
                data = sock.recv(4096)
            except OSError:
                return
            if not data:
                return
            rest += data
            while b"\n" in rest:
                line, _, rest = rest.partition(b"\n")
                yield line.decode("utf-8", "replace")

    def forever(self):
        while True:
            threading.Thread(target=self.handle, args=self.listener.accept(), daemon=True).start()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=14901)
    a = parser.parse_args()
    try:
        Server(a.host, a.port).forever()
    except KeyboardInterrupt:
        print("bye")
