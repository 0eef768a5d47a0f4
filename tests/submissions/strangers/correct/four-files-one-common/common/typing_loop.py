def typed(name):
    """What the person types, as messages, until it is leave or the end of the input."""
    while True:
        try:
            text = input()
        except (EOFError, KeyboardInterrupt):
            return
        if text == 'leave':
            return
        if text:
            yield f'{name}: {text}'


def ask():
    try:
        return input('What is your name? ').strip()
    except (EOFError, KeyboardInterrupt):
        raise SystemExit(0)
