import socket
import threading


class Server:
    def __init__(self, port):
        self.guests = {}
        self.number = 0
        self.lock = threading.Lock()
        self.sock = socket.socket()
        self.sock.bind(("127.0.0.1", port))
        self.sock.listen()

    def tell(self, text, but):
        with self.lock:
            for number, conn in self.guests.items():
                if number != but:
                    try:
                        conn.sendall((text + "\n").encode())
                    except OSError:
                        pass

    def serve(self, number, conn):
        self.tell(f"Guest {number} joined", number)
        try:
            for line in conn.makefile(encoding="utf-8"):
                if line.strip() == "exit":
                    break
                self.tell(f"Guest {number}: {line.strip()}", number)
        except OSError:
            pass
        with self.lock:
            del self.guests[number]
        conn.close()
        self.tell(f"Guest {number} left", number)

    def run(self):
        while True:
            conn, _ = self.sock.accept()
            self.number += 1
            with self.lock:
                self.guests[self.number] = conn
            threading.Thread(target=self.serve, args=(self.number, conn)).start()


Server(12000).run()
