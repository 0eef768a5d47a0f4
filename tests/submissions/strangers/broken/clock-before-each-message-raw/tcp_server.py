import socket
import threading
import time
import sys

host = '127.0.0.1'
port = 14901
if '--host' in sys.argv:
    host = sys.argv[sys.argv.index('--host') + 1]
if '--port' in sys.argv:
    port = int(sys.argv[sys.argv.index('--port') + 1])

clients = {}
lock = threading.Lock()


def send_all(text, sender):
    for c in clients:
        if c != sender:
            try:
                c.send(text.encode())
            except:
                pass


def client(conn, addr):
    print('Connected with', addr)
    name = ''
    try:
        while True:
            conn.send('name'.encode())
            data = conn.recv(16384)
            if not data:
                conn.close()
                return
            name = data.decode(errors='replace').strip()
            lock.acquire()
            ok = name != '' and name not in clients.values()
            if ok:
                conn.send('You are connected!\nTo terminate the connection to the server, enter leave'.encode())
                send_all(name + ' joined!', conn)
                clients[conn] = name
            lock.release()
            if ok:
                break
        print('Name is', name)
        while True:
            data = conn.recv(16384)
            if not data:
                break
            text = data.decode(errors='replace')
            if text == '*' + name + ' left*':
                break
            lock.acquire()
            send_all(time.strftime('[%H:%M] ') + text, conn)
            lock.release()
    except:
        pass
    lock.acquire()
    if conn in clients:
        del clients[conn]
        send_all('*' + name + ' left*', conn)
    lock.release()
    conn.close()


s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind((host, port))
s.listen(100)
try:
    while True:
        conn, addr = s.accept()
        threading.Thread(target=client, args=(conn, addr), daemon=True).start()
except KeyboardInterrupt:
    s.close()
