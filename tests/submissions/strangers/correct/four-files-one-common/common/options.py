import sys


def options():
    given = {'host': '127.0.0.1', 'port': '14901'}
    words = sys.argv[1:]
    while words:
        word = words.pop(0)
        if word.startswith('--') and '=' in word:
            key, value = word[2:].split('=', 1)
        elif word.startswith('--') and words:
            key, value = word[2:], words.pop(0)
        else:
            sys.exit(f'do not understand {word}')
        given[key] = value
    return given['host'], int(given['port'])
