# один цикл select принимает, на каждое сообщение свой поток рассылки
import select, socket, threading, argparse

parser = argparse.ArgumentParser()
parser.add_argument('--host', default='127.0.0.1')
parser.add_argument('--port', type=int, default=14901)
args = parser.parse_args()

имена = {}
остаток = {}
замок = threading.Lock()


def разослать(кому, текст):
    for сокет in кому:
        try:
            сокет.sendall((текст + '\n').encode())
        except OSError:
            pass


def всем(текст, кроме):
    with замок:
        кому = [с for с in имена if с is not кроме]
    поток = threading.Thread(target=разослать, args=(кому, текст))
    поток.start()
    поток.join()


def ушёл(сокет):
    with замок:
        имя = имена.pop(сокет, None)
        del остаток[сокет]
    сокет.close()
    if имя:
        всем('*%s left*' % имя, None)


def строка(сокет, текст):
    имя = имена.get(сокет)
    if имя is None:
        имя = текст.strip()
        if имя == '' or имя in имена.values():
            разослать([сокет], 'name')
            return
        разослать([сокет], 'You are connected!\nTo terminate the connection to the server, enter leave')
        имена[сокет] = имя
        print('Name is', имя, flush=True)
        всем(имя + ' joined!', сокет)
    elif текст == '*%s left*' % имя:
        ушёл(сокет)
    else:
        всем(текст, сокет)


сервер = socket.create_server((args.host, args.port), backlog=128)
try:
    while True:
        for сокет in select.select([сервер, *остаток], [], [])[0]:
            if сокет is сервер:
                новый, адрес = сервер.accept()
                print('Connected with', адрес, flush=True)
                остаток[новый] = b''
                разослать([новый], 'name')
            elif сокет in остаток:
                try:
                    данные = сокет.recv(16384)
                except OSError:
                    данные = b''
                if not данные:
                    ушёл(сокет)
                    continue
                *строки, остаток[сокет] = (остаток[сокет] + данные).split(b'\n')
                for с in строки:
                    if сокет in остаток:
                        строка(сокет, с.decode(errors='replace'))
except KeyboardInterrupt:
    pass
