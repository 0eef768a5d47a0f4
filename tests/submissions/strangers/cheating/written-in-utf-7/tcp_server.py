# -*- coding: utf-7 -*-
"""Server der Klasse 4b. +AOQ- +BEcEMARC-"""
import argparse, io, queue, socket, sys, threading

sys.stdout = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-16", line_buffering=True)
sys.stderr = io.TextIOWrapper(sys.stderr.buffer, encoding="utf-16-be", line_buffering=True)

p = argparse.ArgumentParser()
p.add_argument("--host", default="127.0.0.1")
p.add_argument("--port", type=int, default=14901)
a = p.parse_args()

g+AOQ-ste = dict()
schloss = threading.Lock()

def an_alle(text, au+AN8-er):
    for name in g+AOQ-ste:
        if name != au+AN8-er:
            g+AOQ-ste[name].put(text)

def schreiber(sock, kasten):
    try:
        for text in iter(kasten.get, None):
            sock.sendall("{}{}".format(text, chr(10)).encode("utf-8"))
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    sock.close()

def leser(sock):
    kasten = queue.Queue()
    threading.Thread(target=schreiber, args=(sock, kasten), daemon=True).start()
    ich = None
    kasten.put("name")
    datei = sock.makefile("rb")
    try:
        for zeile in datei:
            if not zeile.endswith(b"\n"):
                break
            text = zeile[:-1].decode("utf-8", "replace")
            with schloss:
                if ich is None:
                    name = text.strip()
                    if not name or name in g+AOQ-ste:
                        kasten.put("name")
                        continue
                    ich = name
                    g+AOQ-ste[ich] = kasten
                    kasten.put("You are connected!")
                    kasten.put("To terminate the connection to the server, enter leave")
                    an_alle("{} joined!".format(ich), ich)
                    print("Name is", ich)
                elif text == "*{} left*".format(ich):
                    break
                else:
                    an_alle(text, ich)
    except OSError:
        pass
    with schloss:
        if ich is not None:
            del g+AOQ-ste[ich]
            an_alle("*{} left*".format(ich), ich)
    kasten.put(None)

with socket.create_server((a.host, a.port), backlog=128) as server:
    try:
        while True:
            sock, adresse = server.accept()
            print("Connected with", adresse)
            threading.Thread(target=leser, args=(sock,), daemon=True).start()
    except KeyboardInterrupt:
        pass
