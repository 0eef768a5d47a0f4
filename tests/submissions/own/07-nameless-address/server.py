import socket
from threading import Thread

connections = []


def talk(conn, addr):
    while True:
        try:
            data = conn.recv(1024)
        except OSError:
            data = b""
        if not data:
            connections.remove(conn)
            conn.close()
            return
        for c in connections[:]:
            if c != conn:
                try:
                    c.send(f"{addr[0]}:{addr[1]} said {data.decode()}".encode())
                except OSError:
                    pass


sock = socket.socket()
sock.bind(("", 8888))
sock.listen(10)
while True:
    conn, addr = sock.accept()
    connections.append(conn)
    Thread(target=talk, args=(conn, addr)).start()
