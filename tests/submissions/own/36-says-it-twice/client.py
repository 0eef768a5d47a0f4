import socket
import sys
import threading


def listen(sock):
    while True:
        data = sock.recv(4096)
        if not data:
            print("Disconnected")
            break
        sys.stdout.write(data.decode())
        sys.stdout.flush()


def main():
    sock = socket.create_connection(("localhost", 7036))
    threading.Thread(target=listen, args=(sock,), daemon=True).start()
    while True:
        line = input()
        sock.sendall(line.encode())
        if line == "/quit":
            break
    sock.close()


if __name__ == "__main__":
    main()
