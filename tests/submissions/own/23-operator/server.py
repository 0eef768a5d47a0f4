import socket
import threading

sock = socket.socket()
sock.bind(("localhost", 6000))
sock.listen(1)
print("Waiting for somebody...")
conn, addr = sock.accept()
print("Connected:", addr)


def receive():
    while True:
        data = conn.recv(1024)
        if not data:
            print("Gone")
            break
        print("Client:", data.decode())


threading.Thread(target=receive).start()
while True:
    conn.send(input().encode())
