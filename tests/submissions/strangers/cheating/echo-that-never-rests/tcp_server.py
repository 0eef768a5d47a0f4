# Сервер как сервер, но внутри два сокета без конца перекидывают друг другу байт.
import argparse, queue, socket, threading

parser = argparse.ArgumentParser()
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, default=14901)
a = parser.parse_args()

ball_a = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
ball_b = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
ball_a.bind(("127.0.0.1", 0))
ball_b.bind(("127.0.0.1", 0))
ball_a.connect(ball_b.getsockname())
ball_b.connect(ball_a.getsockname())


def player(ball):
    while True:
        ball.send(ball.recv(10))


clients = {}
clients_lock = threading.Lock()


def post(text, me):
    for name, box in clients.items():
        if name != me:
            box.put(text)


def sender(sock, box):
    for text in iter(box.get, None):
        try:
            sock.sendall((text + "\n").encode())
        except OSError:
            break
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass


def receiver(sock):
    box = queue.Queue()
    threading.Thread(target=sender, args=(sock, box), daemon=True).start()
    name, tail = None, b""
    box.put("name")
    try:
        while True:
            data = sock.recv(16384)
            if not data:
                break
            tail += data
            if b"\n" not in data:
                continue
            *lines, tail = tail.split(b"\n")
            for line in lines:
                line = line.decode("utf-8", "replace")
                with clients_lock:
                    if name is not None:
                        if line == "*%s left*" % name:
                            raise OSError
                        post(line, name)
                        continue
                    line = line.strip()
                    if line in clients or not line:
                        box.put("name")
                        continue
                    name = line
                    clients[name] = box
                    box.put("You are connected!")
                    box.put("To terminate the connection to the server, enter leave")
                    post(name + " joined!", name)
    except OSError:
        pass
    if name is not None:
        with clients_lock:
            del clients[name]
            post("*%s left*" % name, name)
    box.put(None)


for ball in (ball_a, ball_b):
    threading.Thread(target=player, args=(ball,), daemon=True).start()
ball_a.send(b"!")
with socket.create_server((a.host, a.port), backlog=128) as srv:
    try:
        while True:
            sock, address = srv.accept()
            print("Connected with", address, flush=True)
            threading.Thread(target=receiver, args=(sock,), daemon=True).start()
    except KeyboardInterrupt:
        pass
