# Чат: на каждое сообщение заводится свой поток, читающий поток его дожидается
import socket
import sys
import threading

HOST = '127.0.0.1'
PORT = 14901
for i, a in enumerate(sys.argv):
    if a == '--port':
        PORT = int(sys.argv[i + 1])
    if a == '--host':
        HOST = sys.argv[i + 1]

clients = []            # список пар [имя, сокет]
zamok = threading.Lock()


def rassylka(text, ot_kogo):
    for imya, sock in clients:
        if sock is ot_kogo:
            continue
        try:
            sock.sendall((text + '\n').encode())
        except OSError:
            pass


def v_potoke(text, ot_kogo):
    # вызывается под замком
    t = threading.Thread(target=rassylka, args=(text, ot_kogo), daemon=True)
    t.start()
    t.join()            # порядок сообщений одного человека сохраняется


def stroka(sock, hvost):
    while b'\n' not in hvost[0]:
        kusok = sock.recv(16384)
        if not kusok:
            return None
        hvost[0] += kusok
    line, hvost[0] = hvost[0].split(b'\n', 1)
    return line.decode('utf-8', 'replace')


def klient(sock, addr):
    print('Connected with', addr)
    hvost = [b'']
    name = None
    try:
        while name is None:
            sock.sendall(b'name\n')
            otvet = stroka(sock, hvost)
            if otvet is None:
                sock.close()
                return
            otvet = otvet.strip()
            with zamok:
                zanyato = otvet in [n for n, s in clients]
                if otvet and not zanyato:
                    name = otvet
                    sock.sendall(b'You are connected!\n')
                    sock.sendall(b'To terminate the connection to the server, enter leave\n')
                    clients.append([name, sock])
                    v_potoke(name + ' joined!', sock)
        print('Name is', name)
        while True:
            line = stroka(sock, hvost)
            if line is None or line == '*' + name + ' left*':
                break
            with zamok:
                v_potoke(line, sock)
    except OSError:
        pass
    if name is not None:
        with zamok:
            clients[:] = [p for p in clients if p[1] is not sock]
            v_potoke('*' + name + ' left*', sock)
    sock.close()


server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind((HOST, PORT))
server.listen()
print('Сервер запущен')
try:
    while True:
        s, a = server.accept()
        threading.Thread(target=klient, args=(s, a), daemon=True).start()
except KeyboardInterrupt:
    print('Пока')
