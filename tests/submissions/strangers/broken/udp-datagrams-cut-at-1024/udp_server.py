import argparse
import socket


class UdpChat:
    size = 1024

    def __init__(self, host, port):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((host, port))
        self.addresses = {}     # name -> address
        self.names = {}         # address -> name

    def __iter__(self):
        while True:
            try:
                data, address = self.socket.recvfrom(self.size)
            except ConnectionResetError:
                continue
            yield data.decode("utf-8", "replace"), address

    def write(self, text, name):
        try:
            self.socket.sendto(text.encode(), self.addresses[name])
        except OSError:
            pass

    def others(self, text, me):
        for name in self.addresses:
            if name != me:
                self.write(text, name)

    def run(self):
        for text, address in self:
            me = self.names.get(address)
            if me is None:
                me = text.strip()
                if not me or me in self.addresses:
                    self.socket.sendto(b"name", address)
                    continue
                print("Connected with", address)
                print("Name is", me)
                self.names[address], self.addresses[me] = me, address
                self.write("You are connected!", me)
                self.write("To terminate the connection to the server, enter leave", me)
                self.others(me + " joined!", me)
                continue
            if text == f"*{me} left*":
                del self.names[address], self.addresses[me]
            self.others(text, me)


ap = argparse.ArgumentParser()
ap.add_argument("--host", default="127.0.0.1")
ap.add_argument("--port", type=int, default=14901)
o = ap.parse_args()
chat = UdpChat(o.host, o.port)
try:
    chat.run()
except KeyboardInterrupt:
    chat.socket.close()
