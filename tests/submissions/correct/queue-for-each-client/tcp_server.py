"""Chat server: a reader thread and a writer thread for each client, a queue between them."""

import os
import queue
import socket
import threading

queues = {}  # name -> queue.Queue of what is to be sent
guard = threading.Lock()


def post(text, sender):
    with guard:
        for name, q in queues.items():
            if name != sender:
                q.put(text)


def writer(conn, q):
    while True:
        text = q.get()
        try:
            if text is None:
                conn.shutdown(socket.SHUT_RDWR)
                conn.close()
                return
            conn.sendall((text + "\n").encode())
        except OSError:
            return


def messages(conn):
    data = b""
    while True:
        try:
            part = conn.recv(4096)
        except OSError:
            return
        if not part:
            return
        data += part
        while b"\n" in data:
            line, data = data.split(b"\n", 1)
            yield line.decode("utf-8", "replace")


def reader(conn, q):
    q.put("name")
    name = None
    for text in messages(conn):
        if name is None:
            with guard:
                if text.strip() and text not in queues:
                    name = text
                    queues[name] = q
            if name is None:
                q.put("name")
                continue
            q.put("You are connected!")
            q.put("To terminate the connection to the server, enter leave")
            post(f"{name} joined!", name)
        elif text == f"*{name} left*":
            break
        else:
            post(text, name)
    if name is not None:
        with guard:
            del queues[name]
        post(f"*{name} left*", name)
    q.put(None)


def main():
    server = socket.create_server(("127.0.0.1", 14901))
    while True:
        conn, addr = server.accept()
        print("Connected with", addr)
        q = queue.Queue()
        threading.Thread(target=writer, args=(conn, q), daemon=True).start()
        threading.Thread(target=reader, args=(conn, q), daemon=True).start()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        os._exit(0)
