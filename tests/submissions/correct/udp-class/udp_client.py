"""Chat client over UDP as a class; its thread is a subclass of Thread."""

import socket
import sys
import threading


class Receiver(threading.Thread):
    def __init__(self, sock):
        threading.Thread.__init__(self)
        self.daemon = True
        self.sock = sock

    def run(self):
        while True:
            try:
                data = self.sock.recvfrom(4096)[0]
            except OSError:
                return
            print("\r" + data.decode(errors="replace"), flush=True)


class Client:
    def __init__(self, host="127.0.0.1", port=14901):
        self.server = (host, port)
        self.sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)

    def send(self, text):
        self.sock.sendto(text.encode("utf-8"), self.server)

    def run(self):
        print("What is your name? ", end="", flush=True)
        self.name = sys.stdin.readline().strip()
        self.send(self.name)
        Receiver(self.sock).start()
        for line in sys.stdin:
            line = line.rstrip("\n")
            if line == "leave":
                break
            self.send(self.name + ": " + line)
        self.send("*" + self.name + " left*")
        self.sock.close()


if __name__ == "__main__":
    Client().run()
