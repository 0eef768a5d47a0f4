"""The Russian edition: one word for one thing, Russian numbers, nothing left in English.

CONTRIBUTING.md has the words to use. What must not come back stands here, beside the word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from grader import language
from kit import skeleton, translations

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted(path.name for path in ROOT.glob("*.ru.md"))
NBSP = "\N{NO-BREAK SPACE}"
# What is said, and what is not said for it.
INSTEAD = {
    "новый участник": r"новичк|новичок",
    "неизвестный адрес": r"незнаком[цек]",
    "введённый текст": r"\bнабра|\bнабир|\bнабер",
    "захватить, освободить, удерживать": (
        r"(?:взя\w+|возьм\w+|бер[её]\w+|отпус\w+|\bдерж\w+)\s+(?:\w+\s+)?блокировк"
    ),
    "код завершения": r"\bстатус",
    "программа проверки": r"проверяющ\w+ программ|автопроверк",
    "контрольное сообщение": r"барьер",
    "типичная ошибка": r"классик|классическ\w+ ошибк",
    "проверка пройдена": r"проверк\w* (?:не )?(?:прош|проход)",
    "многопользовательский чат": r"чат\w* (?:для|на) (?:многих|двоих)",
    "отключился без уведомления": r"\bпропа(?:л|да|вш)",
    "под нагрузкой": r"суматох|знает покоя",
    "выводит": r"\bжалу|\bпечата",
    "взаимная блокировка": r"взаимоблокировк",
    "компьютер": r"\bмашин[аеуы]",
    "иначе": r"\bЕсли нет[,.]",
    "примечание": r"\bзаметк",
    "дублируется": r"\bдвоит|\bудво",
    "пользователь": r"\bчеловек|\bлюдей|\bлюди\b",
    "обмениваются сообщениями": r"\bразговарива",
    "максимальная оценка": r"высш\w+ оценк",
    "разделяемые данные": r"общ(?:ие|их|ими) (?:пользовател|данн)",
    "рассылка": r"\bброадкаст|\bбродкаст",
}
# Words that stand for themselves: names in programs, of systems, of protocols.
CODE = re.compile(
    r"`[^`]*`|\"[^\"]*\"|'[^']*'|\{[^{}]*\}|<[^>]*>|\([^()]*\.(?:md|svg)[^()]*\)|%\(\w+\)s"
)
ENGLISH = re.compile(r"(?:\b[a-z]{2,}\b[ ,]+){3,}", re.IGNORECASE)
NUMBER = re.compile(r"(?<![\w.])\d+\.\d+(?![\w.])")
NAMED = re.compile("id, name, email")  # columns of a table
VERSIONS = re.compile(r"Python 3\.\d+|127\.0\.0\.1|\d+\.\d+\.\d+|и новее 3\.\d+|с 3\.\d+ по 3\.\d+")
UNIT = re.compile(r"(?:\d|\{(?:time|seconds|count)[^}]*\}) (?:%|с|мс|байт|МиБ|Мбайт)(?!\w)")


def sentences() -> Iterator[tuple[str, str]]:
    """Every sentence of the catalog, with where it is from."""
    for message in translations.read("ru"):
        strings = (message.string,) if isinstance(message.string, str) else message.string
        ids = (message.id,) if isinstance(message.id, str) else message.id
        yield from ((ids[0], text) for text in strings if message.id)


def prose(page: str) -> Iterator[tuple[str, str]]:
    """The paragraphs of a page, without its blocks of code."""
    text = (ROOT / page).read_text(encoding="utf-8")
    text = re.sub(r"^> ?", "", text, flags=re.MULTILINE)
    text = re.sub(r"^```.*?^```$|^(?: {4,}).*$", "", text, flags=re.MULTILINE | re.DOTALL)
    for paragraph in re.split(r"\n\s*\n|\n(?=[-|#>]|\d+\. )", text):
        yield page, " ".join(paragraph.split(" ")).replace("\n", " ")


@cache
def everything() -> list[tuple[str, str]]:
    """What people read in Russian, piece by piece."""
    return [*sentences(), *(piece for page in PAGES for piece in prose(page))]


def test_one_word_stands_for_one_thing() -> None:
    """No synonym of any is left anywhere."""
    wrong = {word: re.compile(others, re.IGNORECASE) for word, others in INSTEAD.items()}
    for where, text in everything():
        assert not [f"{where}: {word}: {text}" for word in wrong if wrong[word].search(text)]


def test_the_words_of_the_field_are_used() -> None:
    """What the textbooks call it is there to be found."""
    text = " ".join(text for _where, text in everything()).lower()
    for word in ("состояни[ея]м? гонки", "разделяемы", "контрольн\\w+ сообщени", "код завершения"):
        assert re.search(word, text)


def test_nothing_is_left_in_english() -> None:
    """Three English words in a row stand only in what is quoted, or named, as it is."""
    left = []
    for where, text in everything():
        plain = NAMED.sub("", CODE.sub(" · ", text))
        # Code that is named without quotes in a comment of the skeleton has no blank within.
        plain = re.sub(r"\S*[=_.()/|\\]\S*", " · ", plain)
        left += [(where, match[0]) for match in ENGLISH.finditer(plain)]
    assert not left


def test_numbers_have_a_comma_and_keep_to_their_unit() -> None:
    """In Russian: 112,5 with a comma; no line ends between a number and its unit."""
    for where, text in everything():
        plain = VERSIONS.sub("", CODE.sub(" ", text) if where in PAGES else text)
        assert not NUMBER.search(plain), (where, text)
        assert not UNIT.search(text), (where, text)


def test_the_skeleton_speaks_russian() -> None:
    """What a student's program says of itself is Russian; what goes over the wire is not."""
    language.use("ru")
    for text in skeleton.build(ROOT / "reference").values():
        said = re.findall(r"""(?:help=|description=|sys\.exit\(f|end\(1, f)"([^"]+)""", text)
        assert said and all(re.search("[а-яё]{3}", words) for words in said)


def test_dashes_are_those_of_russian() -> None:
    """A sentence has a long dash with blanks around it, never a short one."""
    for where, text in everything():
        if text.startswith("|"):  # of a table, where it says that there is nothing
            continue
        assert " – " not in text and " - " not in CODE.sub("", text), (where, text)
