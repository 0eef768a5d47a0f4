import socket
import threading

sock = socket.create_connection(("127.0.0.1", 7031))
lines = []
lock = threading.Lock()


def paint():
    with lock:
        print("\033[2J\033[H", end="")
        print("=== my chat ===")
        for line in lines[-15:]:
            print(line)
        print("> ", end="", flush=True)


def listen():
    while True:
        data = sock.recv(4096)
        if not data:
            break
        lines.append(data.decode().rstrip())
        paint()


sock.sendall(input("Pick a name: ").encode())
threading.Thread(target=listen, daemon=True).start()
paint()
while True:
    text = input()
    sock.sendall(text.encode())
    if text == "/quit":
        break
    lines.append("me: " + text)
    paint()
