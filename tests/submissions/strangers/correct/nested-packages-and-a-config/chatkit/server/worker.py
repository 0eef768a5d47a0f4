import threading

from ..wire.lines import LineSocket


class Worker(threading.Thread):
    def __init__(self, sock, address, people, settings):
        super().__init__(daemon=True, name=f"worker {address}")
        self.line_socket = LineSocket(sock, settings.buffer)
        self.people = people
        self.texts = settings.texts

    def run(self):
        incoming = iter(self.line_socket)
        name = self.find_name(incoming)
        if name:
            print("Name is", name, flush=True)
            goodbye = self.texts["left"].format(name=name)
            for line in incoming:
                if line == goodbye:
                    break
                self.people.pass_on(name, line)
            self.people.depart(name)
        self.line_socket.close()

    def find_name(self, incoming):
        self.line_socket.write(self.texts["ask"])
        for line in incoming:
            if self.people.arrive(line.strip(), self.line_socket):
                return line.strip()
            self.line_socket.write(self.texts["ask"])
