import socket
import threading

import config
from chat.room import Room
from chat.wire import read

room = Room()


def serve(conn):
    try:
        name = read(conn)
        room.add(conn, name)
        while True:
            text = read(conn)
            if text == config.QUIT:
                break
            room.tell(f"{name} > {text}", conn)
    except OSError:
        pass
    finally:
        room.remove(conn)
        conn.close()


listener = socket.create_server((config.HOST, config.PORT))
while True:
    connection, _ = listener.accept()
    threading.Thread(target=serve, args=(connection,), daemon=True).start()
