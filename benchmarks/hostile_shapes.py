"""Make the texts that benchmarks/hostile.py measures: what makes careless patterns and loops explode, at any size."""

from __future__ import annotations

from collections.abc import Callable

# Repeated to the length asked for: what a pattern with nested repeats, or a loop that looks back, chokes on.
REPEATED = {
    "digits": "9",
    "zeros": "0",
    "one,": "1,",
    "one.": "1.",
    "one space": "1 ",
    "one-": "1-",
    "one:": "1:",
    "one/": "1/",
    "groups": "123,",
    "digit groups": "123 ",
    "spaces": " ",
    "no-break spaces": "\u00a0",
    "newlines": "\n",
    "tabs": "\t",
    "commas": ",",
    "periods": ".",
    "hyphens": "-",
    "dash words": "a-",
    "underscores": "_",
    "stars": "*",
    "stars apart": "* ",
    "star words": "*a ",
    "double stars": "**a",
    "less": "<",
    "tags": "<a>",
    "tag ends": "</a",
    "comments": "<!--",
    "attributes": '<a b="',
    "brackets": "[",
    "bracket pairs": "[]",
    "links": "[a](",
    "images": "![",
    "references": "[a][",
    "definitions": "[a]: b\n",
    "parentheses": "(",
    "braces": "{",
    "double braces": "{{",
    "brace percent": "{%",
    "dollar brace": "${",
    "percent s": "%s",
    "backticks": "`",
    "backtick words": "`a``",
    "backslashes": "\\",
    "ampersands": "&",
    "entities": "&amp;",
    "numeric entities": "&#1",
    "quotes": "> ",
    "list": "- a\n",
    "nested list": "- ",
    "tables": "|a",
    "table rows": "|a|b|\n|-|-|\n",
    "headings": "# ",
    "heading lines": "# a\n",
    "tildes": "~",
    "fences": "```\na\n",
    "colons": ":::",
    "equals": "=",
    "plus": "+\n",
    "at": "a@",
    "mail": "a@a.",
    "mail dots": "a.",
    "www": "www.",
    "scheme": "http://",
    "paths": "/a",
    "hex": "0x",
    "versions": "1.0.",
    "v": "v1.",
    "phone": "+1 (2) ",
    "letters": "a",
    "capitals": "A",
    "words": "a ",
    "capital words": "Ab ",
    "initials": "A. ",
    "sentences": "A b. ",
    "quote ends": 'a." ',
    "spelled en": "one hundred and ",
    "spelled de": "hundert",
    "spelled de units": "einundzwanzig",
    "spelled de and": "einund",
    "spelled fr": "quatre-vingt-",
    "spelled ja": "一",
    "spelled ja tens": "十",
    "spelled ja million": "万",
    "spelled ja both": "一万",
    "full-width": "１",
    "full-width comma": "１，",
    "spelled ko": "일십",
    "spelled ru": "сто двадцать ",
    "spelled ar": "مئة و",
    "arabic digits": "٣",
    "arabic groups": "٣٬",
    "devanagari": "एक सौ ",
    "roman": "MCM",
    "roman apart": "X ",
    "months": "May ",
    "dates": "1 May ",
    "dates slash": "1/2/",
    "dates dash": "2020-01-",
    "years": "1990s ",
    "from to": "from 1 to ",
    "ranges": "1–2",
    "times": "12:30:",
    "money": "$1 ",
    "money words": "million dollars ",
    "percents": "1% ",
    "percents bare": "%",
    "fractions": "½",
    "slashes": "1/2 ",
    "exponent": "1e",
    "superscripts": "²",
    "negations": "not ",
    "combining": "a\u0301",
    "combining only": "\u0301",
    "joiners": "\u200d",
    "zero width": "\u200b",
    "overrides": "\u202e",
    "override pairs": "\u202ea\u202c",
    "embeddings": "\u202a",
    "astral": "\U0001f600",
    "thai": "หนึ่งร้อย",
    "timestamps": "00:00:01,000 --> 00:00:02,000\na\n\n",
    "yaml list": "- - ",
    "yaml keys": "a:\n",
    "yaml anchors": "&a *a ",
    "json lists": "[",
    "po": 'msgid "a"\nmsgstr "b"\n\n',
    "po strings": '"a"\n',
    "directives": ".. a::\n",
    "roles": ":a:`",
    "substitutions": "|a| ",
    "asciidoc blocks": "----\n",
    "asciidoc marks": "#a#_",
    "carriage returns": "\r",
}
Make = Callable[[int], str]


def _counted(pattern: str) -> Make:
    """Return a maker of text in which every repetition is another word or number."""

    def make(n: int) -> str:
        parts, length, index = [], 0, 0
        while length < n:
            parts.append(pattern.format(index))
            length += len(parts[-1])
            index += 1
        return "".join(parts)

    return make


def _wrapped(opening: str, closing: str, each: int) -> Make:
    return lambda n: opening * (n // each) + "a" + closing * (n // each)


def _repeated(unit: str) -> Make:
    return lambda n: unit * (n // len(unit))


SHAPES: dict[str, Make] = {name: _repeated(unit) for name, unit in REPEATED.items()} | {
    "nested brackets": _wrapped("[", "]", 2),
    "nested parentheses": _wrapped("(", ")", 2),
    "nested tags": _wrapped("<b>", "</b>", 7),
    "nested braces": _wrapped("{", "}", 2),
    "nested isolates": _wrapped("\u2067", "\u2069", 2),
    "many numbers": _counted("{} "),
    "many facts": _counted("In {} it sold 12% for ${}. ".replace("${}", "$5")),
    "many links": _counted("[a](http://b.c/{}) "),
    "many definitions": _counted("[a{0}]: b\n[a{0}] "),
    "many footnotes": _counted("[^{0}]: b\n\nc[^{0}]\n\n"),
    "many names": _counted("Ab{} Cd said. "),
    "many codes": _counted("`a{}` "),
    "many pragmas": _counted("<!-- consistency: ignore number-dropped a{} -->\n\nb\n\n"),
    "many comments": _counted("<!-- {} -->"),
    "many tags": _counted("<i{0}>b</i{0}>"),
    "many translations": lambda n: (
        '<tmx><header srclang="en"/>'
        + "".join(f'<tu><tuv xml:lang="en"><seg>a</seg></tuv><tuv xml:lang="x{i % 499}"><seg>b</seg></tuv></tu>' for i in range(n // 80))
    ),
    "one line": lambda n: ("Lorem 12 ipsum, dolor 3.5% sit amet " * (n // 36 + 1))[:n],
    "digits then letter": lambda n: "1" * n + "a",
    "spaces then letter": lambda n: "a" + " " * n + "a",
    "spaces between digits": lambda n: ("1" + " " * 400) * (n // 401),
    "front matter": lambda n: "---\n" + "a: b\n" * (n // 5),
    "front matter fences": lambda n: "---\n" * (n // 4),
}
