import argparse, socket, threading, dataclasses
from queue import SimpleQueue


@dataclasses.dataclass(eq=False)
class Guest:
	conn: socket.socket
	typed: str = ''          # the name as it came, with its blanks
	box: SimpleQueue = dataclasses.field(default_factory=SimpleQueue)

	@property
	def name(self):
		return self.typed.strip()

	def postman(self):
		try:
			while (letter := self.box.get()) is not None:
				self.conn.sendall(letter)
			# the last letter is out
			self.conn.shutdown(socket.SHUT_WR)
		except OSError:
			pass

	def post(self, text):
		self.box.put(text.encode() + b'\n')


guests = []
lock = threading.Lock()


def tell(text, author):
	for g in guests:
		if g is not author:
			g.post(text)


def try_name(guest, typed):
	with lock:
		wanted = typed.strip()
		if not wanted or any(g.name == wanted for g in guests):
			return False
		guest.typed = typed
		guests.append(guest)
		guest.post('You are connected!')
		guest.post('To terminate the connection to the server, enter leave')
		tell(wanted + ' joined!', guest)
		return True


def split_lines(conn):
	buf = b''
	try:
		while True:
			piece = conn.recv(16384)
			if not piece:
				return
			*whole, buf = (buf + piece).split(b'\n')
			for w in whole:
				yield w.decode('utf-8', errors='replace')
	except OSError:
		return


def host_guest(conn, addr):
	print('Connected with', addr)
	guest = Guest(conn)
	postman = threading.Thread(target=guest.postman, daemon=True)
	postman.start()
	lines = split_lines(conn)
	guest.post('name')
	inside = False
	for line in lines:
		if not inside:
			inside = try_name(guest, line)
			if inside:
				print('Name is', guest.name)
			else:
				guest.post('name')
		elif line == f'*{guest.name} left*':
			break
		else:
			with lock:
				tell(line, guest)
	if inside:
		with lock:
			guests.remove(guest)
			tell(f'*{guest.name} left*', guest)
	guest.box.put(None)
	postman.join(5)
	conn.close()


if __name__ == '__main__':
	p = argparse.ArgumentParser()
	p.add_argument('--host', default='127.0.0.1')
	p.add_argument('--port', default=14901, type=int)
	a = p.parse_args()
	s = socket.create_server((a.host, a.port), backlog=64)
	try:
		while 1:
			threading.Thread(target=host_guest, args=s.accept(), daemon=True).start()
	except KeyboardInterrupt:
		s.close()
