import threading


class People:
    def __init__(self, texts):
        self.texts = texts
        self.lines = {}
        self.lock = threading.Lock()

    def __contains__(self, name):
        return name in self.lines

    def arrive(self, name, line_socket):
        with self.lock:
            if not name or name in self:
                return False
            for text in self.texts["welcome"]:
                line_socket.write(text)
            self.lines[name] = line_socket
            self._pass_on(name, self.texts["joined"].format(name=name))
            return True

    def pass_on(self, author, text):
        with self.lock:
            self._pass_on(author, text)

    def depart(self, name):
        with self.lock:
            del self.lines[name]
            self._pass_on(name, self.texts["left"].format(name=name))

    def _pass_on(self, author, text):
        for name, line_socket in self.lines.items():
            if name != author:
                line_socket.write(text)
