class LineSocket:
    """A socket that speaks lines."""

    def __init__(self, sock, size):
        self.sock = sock
        self.size = size

    def __iter__(self):
        rest = b""
        while True:
            try:
                data = self.sock.recv(self.size)
            except OSError:
                return
            if not data:
                return
            rest += data
            *whole, rest = rest.split(b"\n")
            for line in whole:
                yield line.decode("utf-8", errors="replace")

    def write(self, line):
        try:
            self.sock.sendall(f"{line}\n".encode("utf-8"))
            return True
        except OSError:
            return False

    def close(self):
        self.sock.close()
