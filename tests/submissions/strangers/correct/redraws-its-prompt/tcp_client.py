# Клиент с приглашением: когда приходит сообщение, приглашение перерисовывается под ним
import argparse
import os
import socket
import threading

try:
    import readline
    typed = readline.get_line_buffer
except ImportError:
    def typed():
        return ""

PROMPT = "> "


class Client:
    def __init__(self, host, port):
        self.sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self.sock.connect((host, port))
        self.name = None
        self.in_chat = threading.Event()
        self.name_asked = threading.Semaphore(0)
        self.closing = False

    def show(self, text):
        if self.in_chat.is_set():
            print("\r\x1b[K" + text, flush=True)
            print(PROMPT + typed(), end="", flush=True)
        else:
            print(text, flush=True)

    def receiver(self):
        data = b""
        while True:
            try:
                part = self.sock.recv(16384)
            except OSError:
                part = b""
            if not part:
                break
            data += part
            while b"\n" in data:
                line, data = data.split(b"\n", 1)
                line = line.decode("utf-8", errors="replace")
                if line == "name" and not self.in_chat.is_set():
                    self.name_asked.release()
                    continue
                self.show(line)
                if line == "You are connected!":
                    self.in_chat.set()
                    self.name_asked.release()
        if not self.closing:
            print("\r\x1b[KСервер пропал", flush=True)
            os._exit(1)

    def send(self, text):
        self.sock.sendall((text + "\n").encode("utf-8"))

    def run(self):
        thread = threading.Thread(target=self.receiver, daemon=True)
        thread.start()
        try:
            while True:
                self.name_asked.acquire()
                if self.in_chat.is_set():
                    break
                self.name = input("What is your name? ").strip()
                self.send(self.name)
            while True:
                text = input(PROMPT)
                if text == "leave":
                    break
                if text:
                    self.send(self.name + ": " + text)
        except (EOFError, KeyboardInterrupt):
            print()
        self.closing = True
        if self.in_chat.is_set():
            self.send("*" + self.name + " left*")
            thread.join(2)
        self.sock.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=14901)
    args = parser.parse_args()
    Client(args.host, args.port).run()
