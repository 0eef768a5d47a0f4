import socket
import threading

# слушаем на всех адресах, --host не нужен
import sys
port = 14901
if len(sys.argv) > 2 and '--port' in sys.argv:
    port = int(sys.argv[sys.argv.index('--port') + 1])

spisok = []
blok = threading.Lock()


def otpravit(komu, chto):
    try:
        komu['s'].sendall((chto + '\n').encode('utf-8'))
    except Exception:
        pass


def vsem_krome(kto, chto):
    for k in spisok:
        if k['name'] != kto['name']:
            otpravit(k, chto)


def potok(s, addr):
    print('Connected with', addr)
    ya = {'s': s, 'name': '', 'buf': ''}
    chunks = s.makefile('r', encoding='utf-8', errors='replace', newline='\n')
    otpravit(ya, 'name')
    while True:
        try:
            stroka = chunks.readline()
        except Exception:
            stroka = ''
        if not stroka.endswith('\n'):
            break
        stroka = stroka.rstrip('\n')
        if ya['name'] == '':
            imya = stroka.strip()
            with blok:
                if imya == '' or imya in [k['name'] for k in spisok]:
                    otpravit(ya, 'name')
                    continue
                ya['name'] = imya
                spisok.append(ya)
                otpravit(ya, 'You are connected!')
                otpravit(ya, 'To terminate the connection to the server, enter leave')
                vsem_krome(ya, imya + ' joined!')
            print('Name is', imya)
            continue
        if stroka == '*' + ya['name'] + ' left*':
            break
        with blok:
            vsem_krome(ya, stroka)
    if ya['name'] != '':
        with blok:
            spisok.remove(ya)
            vsem_krome(ya, '*' + ya['name'] + ' left*')
    chunks.close()
    s.close()


srv = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
srv.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
srv.bind(('', port))
srv.listen(1)
while True:
    try:
        s, addr = srv.accept()
    except KeyboardInterrupt:
        break
    t = threading.Thread(target=potok, args=(s, addr))
    t.daemon = True
    t.start()
srv.close()
