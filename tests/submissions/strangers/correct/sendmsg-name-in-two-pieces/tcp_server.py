import os, sys, socket, threading, time

class Net:
    '''gathers text and line end with sendmsg, cuts off CR before LF'''
    def __init__(me, conn):
        me.conn = conn
        me.have = b''
        me.sending = threading.Lock()

    def put(me, text):
        with me.sending:
            try:
                wanted = [text.encode(), b'\n']
                n = me.conn.sendmsg(wanted)
                all_of_it = b''.join(wanted)
                if n < len(all_of_it):
                    me.conn.sendall(all_of_it[n:])
            except OSError:
                pass

    def ask(me):
        # the request goes out in two pieces
        with me.sending:
            me.conn.sendall(b'na')
            time.sleep(0.02)
            me.conn.sendall(b'me\n')

    def get(me):
        while b'\n' not in me.have:
            more = me.conn.recv(1024)
            if more == b'':
                raise EOFError
            me.have += more
        line, me.have = me.have.split(b'\n', 1)
        if line.endswith(b'\r'):
            line = line[:-1]        # telnet and nc -C do this
        return line.decode('utf-8', 'replace')


nets = {}
lock = threading.RLock()

def everybody_else(name, text):
    with lock:
        targets = [n for k, n in nets.items() if k != name]
    for n in targets:
        n.put(text)

def conversation(conn, addr):
    print('Connected with %r' % (addr,))
    conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    net = Net(conn)
    name = ''
    try:
        while True:
            net.ask()
            wish = net.get().strip()
            if not wish:
                continue
            with lock:
                if wish in nets:
                    continue
                name = wish
                net.put('You are connected!')
                net.put('To terminate the connection to the server, enter leave')
                nets[name] = net
                everybody_else(name, '%s joined!' % name)
            break
        print('Name is %s' % name)
        while True:
            text = net.get()
            if text == '*%s left*' % name:
                break
            everybody_else(name, text)
    except (OSError, EOFError):
        pass
    if name:
        with lock:
            del nets[name]
            everybody_else(name, '*%s left*' % name)
    conn.close()

def main(argv):
    host, port = '127.0.0.1', 14901
    while argv:
        key = argv.pop(0)
        if key == '--host': host = argv.pop(0)
        elif key == '--port': port = int(argv.pop(0))
        else: sys.exit('what is ' + key + '?')
    s = socket.socket()
    if os.name == 'posix':
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind((host, port))
    s.listen(32)
    while True:
        c, a = s.accept()
        threading.Thread(target=conversation, args=(c, a), daemon=True).start()

if __name__ == '__main__':
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit()
