import socket

sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.bind(("127.0.0.1", 9999))
names = {}
while True:
    data, addr = sock.recvfrom(4096)
    text = data.decode()
    if addr not in names:
        names[addr] = text
        text = f"{text} joined the chat"
    elif text == "/exit":
        text = f"{names.pop(addr)} left the chat"
    else:
        text = f"{names[addr]}: {text}"
    for other in names:
        if other != addr:
            sock.sendto(text.encode(), other)
