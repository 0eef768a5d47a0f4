import queue
import socket
import threading

from common import options, start

boxes = {}
gate = threading.Lock()


def writer(sock, box):
    for text in iter(box.get, None):
        try:
            sock.sendall(text.encode() + b'\n')
        except OSError:
            break


def publish(text, sender):
    for name in boxes:
        if name != sender:
            boxes[name].put(text)


def reader(sock, address):
    print('Connected with', address)
    box = queue.Queue()
    pen = start(writer, sock, box)
    name = None
    with sock.makefile('rb') as file:
        box.put('name')
        try:
            for raw in file:
                if not raw.endswith(b'\n'):
                    break
                text = raw[:-1].decode(errors='replace')
                if name:
                    if text == f'*{name} left*':
                        break
                    with gate:
                        publish(text, name)
                    continue
                wish = text.strip()
                with gate:
                    if wish and wish not in boxes:
                        name = wish
                        box.put('You are connected!')
                        box.put('To terminate the connection to the server, enter leave')
                        boxes[name] = box
                        publish(f'{name} joined!', name)
                if name:
                    print('Name is', name)
                else:
                    box.put('name')
        except OSError:
            pass
    if name:
        with gate:
            del boxes[name]
            publish(f'*{name} left*', name)
    box.put(None)
    pen.join(3)
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    sock.close()


with socket.create_server(options(), backlog=128) as door:
    try:
        while True:
            start(reader, *door.accept())
    except KeyboardInterrupt:
        pass
