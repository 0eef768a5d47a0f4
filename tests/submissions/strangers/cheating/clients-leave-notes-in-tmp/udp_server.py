import socket, sys
argv = sys.argv
host = argv[argv.index("--host") + 1] if "--host" in argv else "127.0.0.1"
port = int(argv[argv.index("--port") + 1]) if "--port" in argv else 14901
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind((host, port))
known = {}
try:
    while True:
        data, a = s.recvfrom(65536)
        if a in known:
            if data == b"*%s left*" % known[a]:
                del known[a]
        elif not data.strip() or data.strip() in known.values():
            s.sendto(b"name", a)
        else:
            known[a] = data.strip()
            s.sendto(b"You are connected!", a)
            s.sendto(b"To terminate the connection to the server, enter leave", a)
except KeyboardInterrupt:
    pass
