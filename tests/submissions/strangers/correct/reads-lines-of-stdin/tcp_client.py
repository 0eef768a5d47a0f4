import selectors
import socket
import sys
import threading

# every second the receiver looks whether it should stop

class Receiver(threading.Thread):
    daemon = True

    def __init__(self, sock):
        super().__init__(name="receiver")
        self.sock = sock
        self.stop = False
        self.asked = threading.Semaphore(0)
        self.connected = False
        self.ended = threading.Event()

    def run(self):
        sel = selectors.DefaultSelector()
        sel.register(self.sock, selectors.EVENT_READ)
        buf = bytearray()
        while not self.stop:
            if not sel.select(timeout=1):
                continue
            try:
                got = self.sock.recv(16384)
            except OSError:
                break
            if not got:
                break
            buf += got
            self.cut(buf)
        self.ended.set()
        if not self.stop:
            sys.stdout.write("server closed the connection\n")
            sys.stdout.flush()
            import os
            os._exit(1)

    def cut(self, buf):
        while True:
            n = buf.find(b"\n")
            if n < 0:
                return
            line = buf[:n].decode("utf-8", "replace")
            del buf[:n + 1]
            if line == "name" and not self.connected:
                self.asked.release()
                continue
            sys.stdout.write(line + "\n")
            sys.stdout.flush()
            if line == "You are connected!":
                self.connected = True
                self.asked.release()


def main(host, port):
    sock = socket.create_connection((host, port))
    r = Receiver(sock)
    r.start()
    name = None
    while True:
        r.asked.acquire()
        if r.connected:
            break
        sys.stdout.write("What is your name? ")
        sys.stdout.flush()
        line = sys.stdin.readline()
        if not line:
            r.stop = True
            return
        name = line.strip()
        sock.sendall(name.encode("utf-8") + b"\n")
    try:
        while True:
            line = sys.stdin.readline()
            if line == "" or line == "leave\n" or line == "leave":
                break
            line = line.rstrip("\n")
            if line:
                sock.sendall(("%s: %s\n" % (name, line)).encode("utf-8"))
    except KeyboardInterrupt:
        pass
    r.stop = True
    sock.sendall(("*%s left*\n" % name).encode("utf-8"))
    sock.shutdown(socket.SHUT_WR)
    r.ended.wait(2)
    sock.close()


if __name__ == "__main__":
    options = {"--host": "127.0.0.1", "--port": "14901"}
    it = iter(sys.argv[1:])
    for key in it:
        options[key] = next(it)
    main(options["--host"], int(options["--port"]))
