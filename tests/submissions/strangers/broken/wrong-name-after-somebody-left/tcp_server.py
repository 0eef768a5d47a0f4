import argparse, socket, threading

# two lists that belong together
socks = []
nicks = []
mutex = threading.Lock()

def put(s, t):
    try:
        s.sendall((t + '\n').encode('utf8'))
    except OSError:
        pass

def split(s):
    b = b''
    while True:
        i = b.find(b'\n')
        if i < 0:
            try:
                d = s.recv(16384)
            except OSError:
                return
            if not d:
                return
            b += d
        else:
            yield b[:i].decode('utf8', 'replace')
            b = b[i + 1:]

def new_client(s, a):
    print('Connected with', a)
    g = split(s)
    put(s, 'name')
    me = ''
    for me in g:
        me = me.strip()
        mutex.acquire()
        ok = me != '' and me not in nicks
        if ok:
            put(s, 'You are connected!')
            put(s, 'To terminate the connection to the server, enter leave')
            for x in socks:
                put(x, me + ' joined!')
            socks.append(s)
            nicks.append(me)
        mutex.release()
        if ok:
            break
        put(s, 'name')
    else:
        s.close()
        return
    print('Name is', me)
    for t in g:
        if t == '*' + me + ' left*':
            break
        mutex.acquire()
        for x in socks:
            if x is not s:
                put(x, t)
        mutex.release()
    mutex.acquire()
    i = socks.index(s)
    gone = nicks[i]
    socks.pop(i)
    nicks.pop()
    for x in socks:
        put(x, '*' + gone + ' left*')
    mutex.release()
    s.close()

p = argparse.ArgumentParser()
p.add_argument('--host', default='127.0.0.1')
p.add_argument('--port', default=14901, type=int)
p = p.parse_args()
l = socket.socket()
l.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
l.bind((p.host, p.port))
l.listen(111)
try:
    while True:
        s, a = l.accept()
        threading.Thread(target=new_client, args=(s, a), daemon=True).start()
except KeyboardInterrupt:
    l.close()
