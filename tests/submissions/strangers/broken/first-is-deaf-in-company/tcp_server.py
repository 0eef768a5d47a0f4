import argparse
import queue
import socket
import threading

p = argparse.ArgumentParser()
p.add_argument("--host", default="127.0.0.1")
p.add_argument("--port", default=14901, type=int)
a = p.parse_args()

lock = threading.Lock()
people = []          # [name, queue] in order of joining


def mail(q, *texts):
	for t in texts:
		q.put(t)


def postman(sock, q):
	"""takes letters out of the queue and carries them to the client"""
	try:
		while True:
			t = q.get()
			if t is None:
				break
			sock.sendall(f"{t}\n".encode())
		sock.shutdown(socket.SHUT_WR)
	except OSError:
		pass
	sock.close()


def everybody_else(entry):
	return [e for e in people if e is not entry]


def receivers(entry):
	rest = everybody_else(entry)
	k = len(rest)
	# nearest neighbours first: newest ... oldest
	return [rest[i] for i in range(k - 1, 0 if k > 1 else -1, -1)]


def reader(sock, addr):
	print("Connected with", addr)
	q = queue.SimpleQueue()
	threading.Thread(target=postman, args=(sock, q), daemon=True).start()
	entry = [None, q]
	mail(q, "name")
	tail = bytearray()
	alive = True
	while alive:
		try:
			piece = sock.recv(16384)
		except OSError:
			break
		if not piece:
			break
		tail += piece
		while alive and (at := tail.find(b"\n")) >= 0:
			line = tail[:at].decode("utf8", "replace")
			del tail[:at + 1]
			with lock:
				if entry[0] is None:
					n = line.strip()
					if n and n not in [e[0] for e in people]:
						entry[0] = n
						mail(q, "You are connected!", "To terminate the connection to the server, enter leave")
						for e in people:
							mail(e[1], n + " joined!")
						people.append(entry)
						print("Name is", n)
					else:
						mail(q, "name")
				elif line == f"*{entry[0]} left*":
					alive = False
				else:
					for e in receivers(entry):
						mail(e[1], line)
	with lock:
		if entry[0] is not None:
			people.remove(entry)
			for e in people:
				mail(e[1], f"*{entry[0]} left*")
	mail(q, None)


with socket.create_server((a.host, a.port), backlog=128) as srv:
	try:
		while True:
			threading.Thread(target=reader, args=srv.accept(), daemon=True).start()
	except KeyboardInterrupt:
		pass
