# здесь наоборот: главный поток принимает, а печатает на клавиатуре отдельный поток
import socket
import threading
import sys
import os

host = '127.0.0.1'
port = 14901
for k in range(1, len(sys.argv) - 1):
    if sys.argv[k] == '--host':
        host = sys.argv[k + 1]
    if sys.argv[k] == '--port':
        port = int(sys.argv[k + 1])

sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sock.connect((host, port))
uhodim = threading.Event()
sprosili = threading.Event()
prinyali = threading.Event()
name = ''


def otpravit(text):
    try:
        sock.sendall((text + '\n').encode('utf-8'))
    except OSError:
        pass


def klaviatura():
    global name
    try:
        while True:
            sprosili.wait()
            sprosili.clear()
            if prinyali.is_set():
                break
            name = input('What is your name? ').strip()
            otpravit(name)
        text = input()
        while text != 'leave':
            if text != '':
                otpravit(name + ': ' + text)
            text = input()
    except EOFError:
        pass
    uhodim.set()
    if not prinyali.is_set():
        os._exit(0)
    otpravit('*' + name + ' left*')
    sock.shutdown(socket.SHUT_WR)


t = threading.Thread(target=klaviatura)
t.daemon = True
t.start()

ostatok = b''
try:
    while True:
        chast = sock.recv(16384)
        if not chast:
            break
        stroki = (ostatok + chast).split(b'\n')
        ostatok = stroki.pop()
        for s in stroki:
            s = s.decode('utf-8', 'replace')
            if s == 'name' and not prinyali.is_set():
                sprosili.set()
                continue
            print(s, flush=True)
            if s == 'You are connected!':
                prinyali.set()
                sprosili.set()
except OSError:
    pass
except KeyboardInterrupt:
    uhodim.set()
    if prinyali.is_set():
        otpravit('*' + name + ' left*')
if uhodim.is_set():
    sys.stdout.flush()
    os._exit(0)
print('Сервер закрылся', flush=True)
os._exit(1)         # поток клавиатуры может ещё ждать input()
