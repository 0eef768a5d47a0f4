import wire


class Users(dict):
    """address -> name"""

    def others(self, address):
        return [a for a in self if a != address]

    def taken(self, name):
        return name in self.values()


def main():
    users = Users()
    with wire.udp() as server:
        server.bind(wire.address())

        def send(text, to):
            for address in to:
                try:
                    server.sendto(wire.pack(text), address)
                except OSError:
                    pass

        while True:
            data, address = server.recvfrom(wire.SIZE)
            text = wire.unpack(data)
            if address in users:
                to = users.others(address)
                if text == wire.left(users[address]):
                    users.pop(address)
                send(text, to)
            elif not text.strip() or users.taken(text.strip()):
                send(wire.ASK, [address])
            else:
                users[address] = name = text.strip()
                print('Connected with', address, flush=True)
                print('Name is', name, flush=True)
                send(wire.HELLO, [address])
                send(wire.HINT, [address])
                send(wire.joined(name), users.others(address))


if __name__ == '__main__':
    try:
        main()
    except KeyboardInterrupt:
        pass
