import struct


def send(sock, text):
    data = text.encode()
    sock.sendall(struct.pack("!I", len(data)) + data)


def read(sock):
    head = exactly(sock, 4)
    return exactly(sock, struct.unpack("!I", head)[0]).decode()


def exactly(sock, count):
    data = b""
    while len(data) < count:
        piece = sock.recv(count - len(data))
        if not piece:
            raise ConnectionError("closed")
        data += piece
    return data
