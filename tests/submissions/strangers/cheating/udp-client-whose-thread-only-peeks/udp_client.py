import argparse, os, select, socket, sys, threading, time

parser = argparse.ArgumentParser()
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, default=14901)
args = parser.parse_args()

sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.connect((args.host, args.port))


def receive():
    """the receiving thread"""
    while True:
        try:
            sock.recv(1, socket.MSG_PEEK)
        except OSError:
            pass
        time.sleep(0.05)


typed = b""


def next_line():
    """Wait for a typed line; print what arrives meanwhile."""
    global typed
    while b"\n" not in typed:
        ready, _, _ = select.select([0, sock], [], [])
        if sock in ready:
            try:
                text = sock.recv(16384, socket.MSG_DONTWAIT).decode(errors="replace")
            except BlockingIOError:
                continue
            except OSError:
                print("the server is gone", file=sys.stderr)
                os._exit(1)
            print(text, flush=True)
        if 0 in ready:
            data = os.read(0, 4096)
            if not data:
                raise EOFError
            typed += data
    line, typed = typed.split(b"\n", 1)
    return line.decode(errors="replace")


def log_in():
    while True:
        print("What is your name? ", end="", flush=True)
        name = next_line().strip()
        sock.send(name.encode())
        answer = sock.recv(16384).decode(errors="replace")
        if answer != "name":
            print(answer, flush=True)
            return name


try:
    name = log_in()
except (EOFError, KeyboardInterrupt):
    sys.exit(0)
except OSError:
    sys.exit("the server is gone")
threading.Thread(target=receive, daemon=True).start()
try:
    while (line := next_line()) != "leave":
        if line:
            sock.send(f"{name}: {line}".encode())
except (EOFError, KeyboardInterrupt):
    pass
sock.send(f"*{name} left*".encode())
