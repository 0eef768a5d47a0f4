import argparse
import queue
import socket
import threading

WELCOME = "You are connected!\n" \
          "To terminate the connection to the server, enter leave"

everyone = {}
lock = threading.Lock()


def pump(conn, letters):
    try:
        while True:
            letter = letters.get()
            if letter is None:
                conn.shutdown(socket.SHUT_RDWR)
                return
            conn.sendall(letter)
    except OSError:
        pass
    finally:
        conn.close()


def shout(me, text):
    for name, letters in everyone.items():
        if name != me:
            letters.put((text + "\n").encode())


def serve(conn, addr):
    print("Connected with", addr)
    letters = queue.Queue()
    threading.Thread(target=pump, args=(conn, letters), daemon=True).start()
    letters.put(b"name\n")
    me = None
    with conn.makefile("rb") as f:
        try:
            for raw in f:
                if not raw.endswith(b"\n"):
                    break
                line = raw.rstrip(b"\n").decode("utf-8", "replace")
                if me is None:
                    line = line.strip()
                    with lock:
                        if not line or line in everyone:
                            letters.put(b"name\n")
                            continue
                        me = line
                        letters.put(WELCOME.encode())
                        shout(me, me + " joined!")
                        everyone[me] = letters
                    print("Name is", me)
                    continue
                if line == f"*{me} left*":
                    break
                with lock:
                    shout(me, line)
        except OSError:
            pass
    if me is not None:
        with lock:
            del everyone[me]
            shout(me, f"*{me} left*")
    letters.put(None)


ap = argparse.ArgumentParser()
ap.add_argument("--host", default="127.0.0.1")
ap.add_argument("--port", type=int, default=14901)
opts = ap.parse_args()
with socket.create_server((opts.host, opts.port), backlog=128) as s:
    try:
        while True:
            threading.Thread(target=serve, args=s.accept(), daemon=True).start()
    except KeyboardInterrupt:
        pass
