import argparse
import socket
import threading


def serve(conn, addr):
    """One thread for each connection."""
    print("Connected with", addr, flush=True)
    with conn, conn.makefile("rw", encoding="utf-8", errors="replace", newline="\n") as f:
        try:
            name = ""
            while not name:
                f.write("name\n")
                f.flush()
                line = f.readline()
                if not line:
                    return
                name = line.strip()
            print("Name is", name, flush=True)
            f.write("You are connected!\nTo terminate the connection to the server, enter leave\n")
            f.flush()
            for line in f:
                if line == f"*{name} left*\n":
                    break
        except OSError:
            pass


if __name__ == "__main__":
    p = argparse.ArgumentParser()
    p.add_argument("--host", default="127.0.0.1")
    p.add_argument("--port", type=int, default=14901)
    a = p.parse_args()
    with socket.create_server((a.host, a.port), backlog=128) as s:
        try:
            while True:
                threading.Thread(target=serve, args=s.accept(), daemon=True).start()
        except KeyboardInterrupt:
            pass
