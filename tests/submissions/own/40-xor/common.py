KEY = 0x5A


def pack(text):
    return bytes(b ^ KEY for b in text.encode())


def unpack(data):
    return bytes(b ^ KEY for b in data).decode()
