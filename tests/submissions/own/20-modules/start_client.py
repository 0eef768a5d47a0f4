import socket
import threading

import config
from chat.wire import read, send

sock = socket.create_connection((config.HOST, config.PORT))
send(sock, input("Nickname: "))


def listen():
    try:
        while True:
            print(read(sock))
    except OSError:
        pass


threading.Thread(target=listen, daemon=True).start()
while True:
    text = input()
    send(sock, text)
    if text == config.QUIT:
        break
