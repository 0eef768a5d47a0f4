# сервер чата: поток на каждого клиента
import select, socket, sys, threading, time

HOST, PORT = '127.0.0.1', 14901
argv = sys.argv[1:]
if '--host' in argv: HOST = argv[argv.index('--host') + 1]
if '--port' in argv: PORT = int(argv[argv.index('--port') + 1])

def client_thread(conn):
	# ждём данных от своего клиента
	try:
		while conn.recv(1, socket.MSG_PEEK):
			time.sleep(0.01)
	except OSError:
		pass

s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind((HOST, PORT))
s.listen(100)
p = select.poll()
p.register(s, select.POLLIN)
conns, buf, names = {}, {}, {}

def send(fd, text):
	try:
		conns[fd].sendall((text + '\n').encode())
	except OSError:
		pass

def all_but(me, text):
	for fd in list(names):
		if fd != me:
			send(fd, text)

def away(fd):
	p.unregister(fd)
	n = names.pop(fd, None)
	c = conns.pop(fd)
	try:
		c.shutdown(socket.SHUT_RDWR)
	except OSError:
		pass
	c.close()
	if n:
		all_but(None, '*%s left*' % n)

try:
	while True:
		for fd, ev in p.poll():
			if fd == s.fileno():
				c, addr = s.accept()
				print('Connected with', addr, flush=True)
				conns[c.fileno()] = c
				buf[c.fileno()] = b''
				p.register(c, select.POLLIN)
				threading.Thread(target=client_thread, args=(c,), daemon=True).start()
				send(c.fileno(), 'name')
				continue
			if fd not in conns:
				continue
			try:
				d = conns[fd].recv(16384)
			except OSError:
				d = b''
			if not d:
				away(fd)
				continue
			lines = (buf[fd] + d).split(b'\n')
			buf[fd] = lines.pop()
			for l in lines:
				l = l.decode('utf-8', 'replace')
				if fd not in names:
					l = l.strip()
					if l == '' or l in names.values():
						send(fd, 'name')
						continue
					names[fd] = l
					print('Name is', l, flush=True)
					send(fd, 'You are connected!')
					send(fd, 'To terminate the connection to the server, enter leave')
					all_but(fd, l + ' joined!')
				elif l == '*' + names[fd] + ' left*':
					away(fd)
					break
				else:
					all_but(fd, l)
except KeyboardInterrupt:
	pass
