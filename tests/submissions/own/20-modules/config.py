HOST = "127.0.0.1"
PORT = 9191
QUIT = "/exit"
