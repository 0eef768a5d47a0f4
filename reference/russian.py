"""What the demo says, in Russian: each text by its English one. The chat itself is English."""

RUSSIAN = {
    "a chat for many over {variant}": "многопользовательский чат по {variant}",
    "The server starts. It waits for clients on port {port}.": "Запускается сервер. Он ждёт клиентов на порту {port}.",
    "alice starts her client and types her name. The server welcomes her.": (
        "alice запускает клиент и вводит имя. Сервер отвечает приветствием."
    ),
    "bob joins. alice is told; bob himself is not.": (
        "Входит bob. alice получает уведомление о входе, сам bob — нет."
    ),
    "carol joins. Everyone already there is told.": "Входит carol. Уведомление получают все, кто уже в чате.",
    "alice writes. bob and carol get it; it does not come back to alice.": (
        "alice отправляет сообщение. Его получают bob и carol; к alice оно не возвращается."
    ),
    "bob answers. Again, everyone else gets it.": "bob отвечает. И это сообщение получают все остальные.",
    "bob types leave. The others are told, and his client ends.": (
        "bob вводит leave. Остальные получают уведомление об уходе, его клиент завершается."
    ),
    "carol writes. bob is gone; the others go on.": (
        "carol отправляет сообщение. bob ушёл, чат для остальных продолжает работать."
    ),
    "carol's client is killed: it cannot say goodbye.\n"
    "But its connection ends, so the server notices, and tells alice.": (
        "Клиент carol завершён принудительно и не отправил уведомление об уходе.\n"
        "Но соединение закрылось: сервер обнаруживает это и сообщает alice."
    ),
    "carol's client is killed: it cannot say goodbye.\n"
    "Over UDP there is no connection that could end: the server cannot notice.": (
        "Клиент carol завершён принудительно и не отправил уведомление об уходе.\n"
        "В UDP соединений нет: сервер не может этого обнаружить."
    ),
    "alice writes. The server sends it to where carol was; nobody gets it.": (
        "alice отправляет сообщение. Сервер пересылает его на прежний адрес carol; там его никто не получает."
    ),
    "Ctrl+C ends the server. alice's client notices at once, says so and ends.": (
        "Ctrl+C завершает сервер. Клиент alice сразу обнаруживает это, сообщает и завершается."
    ),
    "Ctrl+C ends the server. Over UDP, alice's client does not notice.": (
        "Ctrl+C завершает сервер. По UDP клиент alice этого не обнаруживает."
    ),
    "Only when she writes does her system find that nobody is there.": (
        "Только при отправке система сообщает, что по адресу сервера никого нет."
    ),
    "That was all. Every process has ended.": "Демонстрация закончена. Все процессы завершены.",
    "(ended, status {status})": "(завершён, код {status})",
    "(killed)": "(завершён принудительно)",
    # The command line.
    "The reference at work: its server and three of its clients, all real, on one screen.": (
        "Эталонное решение в работе: сервер и три клиента, все настоящие, на одном экране."
    ),
    "usage: ": "использование: ",
    "options": "параметры",
    "show this help message and exit": "показать эту справку и выйти",
    "over UDP instead of TCP": "по UDP вместо TCP",
    "without pauses for people to read": "без пауз, чтобы прочитать",
    "port of the server (usually {port})": "порт сервера (обычно {port})",
    "write a picture to FILE": "записать картинку в ФАЙЛ",
    "FILE": "ФАЙЛ",
    "language of the captions: en or ru": "язык пояснений: en или ru",
    "expected a number from 1 to 65535, got {text!r}": "ожидалось число от 1 до 65535, получено {text!r}",
    "argument %(argument_name)s: %(message)s": "параметр %(argument_name)s: %(message)s",
    "expected one argument": "ожидалось одно значение",
    "unrecognized arguments: %s": "неизвестные параметры: %s",
    "invalid choice: %(value)r (choose from %(choices)s)": "недопустимое значение %(value)r (допустимы: %(choices)s)",
    "the server has ended: {line}": "сервер завершился: {line}",
    "no port is free": "нет свободного порта",
    "no output": "ничего не выведено",
    "{name}: no line {text!r}, it has ended; its last line: {last}": (
        "{name}: нет строки {text!r}, процесс завершился; последняя строка: {last}"
    ),
    "{name}: no line {text!r} within {seconds} seconds; its last line: {last}": (
        "{name}: нет строки {text!r} за {seconds} секунд; последняя строка: {last}"
    ),
    "{name}: not ended after {seconds} seconds": "{name}: не завершился за {seconds} секунд",
}
