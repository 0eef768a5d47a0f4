import os
import socket
import threading

HOST = '127.0.0.1'
PORT = 14901

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((HOST, PORT))

name = input('What is your name? ')
stop = False


def receive():
    while True:
        try:
            message = client.recv(16384).decode('utf-8')
            if message == 'name':
                client.send(name.strip().encode('utf-8'))
            elif message == '':
                break
            else:
                print(message, flush=True)
        except:
            break
    if not stop:
        print('Server is gone', flush=True)
        client.close()
        os._exit(1)


thread = threading.Thread(target=receive)
thread.start()

while True:
    text = input()
    if text == 'leave':
        stop = True
        client.send(f'*{name.strip()} left*'.encode('utf-8'))
        thread.join()
        client.close()
        break
    client.send(f'{name.strip()}: {text}'.encode('utf-8'))
