import argparse, queue, socket, threading

outgoing = queue.Queue()

def postman(sock):
	while True:
		text, addresses = outgoing.get()
		for a in addresses:
			try:
				sock.sendto(text.encode('utf-8'), a)
			except OSError:
				pass

def main():
	p = argparse.ArgumentParser()
	p.add_argument('--host', default='127.0.0.1')
	p.add_argument('--port', default=14901, type=int)
	o = p.parse_args()
	sock = socket.socket(type=socket.SOCK_DGRAM)
	sock.bind((o.host, o.port))
	threading.Thread(target=postman, args=(sock,), daemon=True).start()
	by_name = {}      # name -> address, the wrong way round, but it works too
	while True:
		data, address = sock.recvfrom(65535)
		text = data.decode('utf-8', 'replace')
		me = next((n for n, a in by_name.items() if a == address), None)
		if me is None:
			name = text.strip()
			if name == '' or name in by_name:
				outgoing.put(('name', [address]))
				continue
			outgoing.put(('You are connected!', [address]))
			outgoing.put(('To terminate the connection to the server, enter leave', [address]))
			outgoing.put((name + ' joined!', list(by_name.values())))
			by_name[name] = address
			print('Connected with', address, flush=True)
			print('Name is', name, flush=True)
			continue
		if text == '*%s left*' % me:
			by_name.pop(me)
		outgoing.put((text, [a for a in by_name.values() if a != address]))

try:
	main()
except KeyboardInterrupt:
	print('stopped')
