import argparse
import queue
import socket
import threading


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--host", default="127.0.0.1")
    options.add_argument("--port", type=int, default=14901)
    options = options.parse_args()

    table = {}
    lock = threading.Lock()

    def writer(conn, mailbox):
        with conn:
            try:
                while (item := mailbox.get()) is not None:
                    conn.sendall(item.encode())
                conn.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def reader(conn, peer):
        print("Connected with", peer)
        mailbox = queue.Queue()

        def say(*texts):
            for t in texts:
                mailbox.put(t + "\n")

        def to_others(text):
            for key in table:
                if key != name:
                    table[key](text)

        threading.Thread(target=writer, args=(conn, mailbox), daemon=True).start()
        name = None
        say("name")
        part = b""
        try:
            while True:
                data = conn.recv(16384)
                if not data:
                    break
                *lines, part = (part + data).split(b"\n")
                for line in lines:
                    line = line.decode("utf-8", "replace")
                    if name is None:
                        candidate = line.strip()
                        with lock:
                            if candidate == "" or candidate in table:
                                say("name")
                                continue
                            name = candidate
                            say("You are connected!",
                                "To terminate the connection to the server, enter leave\n")
                            table[name] = say
                            to_others(name + " joined!")
                        print("Name is", name)
                    elif line == f"*{name} left*":
                        raise ConnectionAbortedError
                    else:
                        with lock:
                            to_others(line)
        except OSError:
            pass
        if name is not None:
            with lock:
                del table[name]
                to_others(f"*{name} left*")
        mailbox.put(None)

    with socket.create_server((options.host, options.port), backlog=128) as listener:
        try:
            while True:
                threading.Thread(target=reader, args=listener.accept(), daemon=True).start()
        except KeyboardInterrupt:
            pass


if __name__ == "__main__":
    main()
