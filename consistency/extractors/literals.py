"""Read what no translator may touch: addresses, code, versions, identifiers, placeholders, phone numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from urllib.parse import unquote, urlsplit

from consistency.extractors._extractor import TAKEN, Extractor, View
from consistency.extractors._numerals import roman
from consistency.languages import Language
from consistency.languages._units import CURRENCY_CODES
from consistency.records import Fact, Quantity, Span

# Every pattern is linear: each repeated part is bounded or starts on a class that the next part cannot match.
_URL = re.compile(
    r"(?<![A-Za-z0-9_])(?:https?|ftp)://[^\s<>\"'`{}|\\^\[\]\x01，。、；：！？（）「」『』《》【】”“’]+"
    r"|(?<![A-Za-z0-9_.])www\.[\w-]+(?:\.[\w-]+)+[^\s<>\"'`\x01，。、；）」”]*"
)
# ASCII alone: a script without spaces writes on right before and behind an address.
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}(?![\w-])", re.ASCII | re.IGNORECASE)
_PLACEHOLDER = re.compile(
    r"\{\{[^{}\n]{1,80}\}\}|\$\{[^{}\n]{1,80}\}"
    r"|%\([a-zA-Z_]\w{0,40}\)[sdifg]|(?<![\w%])%(?:\d\$)?[sd@](?!\w)|(?<![\w{}])\{[a-zA-Z_]\w{0,40}\}(?![{}])"
)
_HASH = re.compile(
    r"(?<![\w])(?:[0-9a-fA-F]{40}|[0-9a-fA-F]{64}|[0-9a-fA-F]{32})(?!\w)"
    r"|(?<!\w)(?:[0-9A-F]{4} ?){9,10}[0-9A-F]{4}(?!\w)",
    re.ASCII,
)
_CVE = re.compile(
    r"(?<!\w)(CVE-\d{4}-\d{4,7}|(?:ISO|IEC|RFC|DIN|EN|IEEE|PEP|BGH)(?:/IEC)?[ -]\d{1,6}(?:[-:/]\d{1,6}){0,2}"
    r"|EU[ -]\d{1,6}/\d{1,6}|DOI:? ?10\.\d{4,9}/[^\s\x01]{1,80})(?!\w)",
    re.ASCII,
)
_VERSION = re.compile(
    r"(?<![\w.,/-])v?(\d{1,5}(?:\.\d{1,6}){2,4})(?:-?(?:rc|alpha|beta|a|b|dev|post|preview)\.?\d{0,3})?(?![\w]|\.\d|[.,]\d|%)"
    r"|(?<![\w.-])v(\d{1,4}(?:\.\d{1,6}){0,3})(?![\w%])",
    re.ASCII,
)
_PHONE = re.compile(
    r"(?<![\w+])\+\d{1,3}[ (\d][\d ()./-]{5,20}\d(?!\d)"
    r"|(?<![\w+.,:/-])(?<!\d )\(?0[1-9]\d{0,3}\)?(?:[ -]\d{2,8}){1,5}(?![\w:/-]|[.,]\d)"  # 030 1234567, 01 45 67 89 12
    r"|(?<![\w+.,:/-])0[1-9](?:\.\d\d){4}(?![\w:/-]|[.,]\d)"
)
_ROMAN_YEAR = re.compile(r"(?<![\w.-])(?=[MDCLXVI]{4})M{1,2}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})(?![\w-])")
# Letters of any cased script before digits: A380, CO2, GPT-4, COVID-19, Т-34; a hyphen needs a capital ("mid-1990s").
_CASED = "A-Za-zÀ-ɏͰ-ϿЀ-ӿ"
_IDENTIFIER = re.compile(
    rf"(?<![{_CASED}\d_.-])(?:[{_CASED}]{{1,12}}\d[{_CASED}\d]{{0,12}}(?:-\d{{1,6}})?"
    rf"|[{_CASED}]{{1,12}}-\d{{1,5}}[{_CASED}]?)(?![{_CASED}\d_])"
)

# Words in the marks of code that are none, "1. Testing Practices", "Log record": they may be translated. A command of words
# begins with a small letter.
_PHRASE = re.compile(r"(?:\d{1,3}[.)] )?[A-Z][a-z]{1,40}[,:]?(?: [A-Za-z][a-z]{0,40}[,:]?){1,20}[.!?]?")

_PATTERNS = (
    ("url", _URL),
    ("email", _EMAIL),
    ("placeholder", _PLACEHOLDER),
    ("identifier", _HASH),
    ("identifier", _CVE),
    ("phone", _PHONE),
    ("version", _VERSION),
)


def read(view: View, language: Language) -> Iterator[Fact]:
    """Yield every literal of the text and of the markup."""
    free = _Free(view.folded)
    yield from _marked(view, free)
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(view.text):
            fact = _literal(kind, match)
            if fact and free.take(fact.span):
                yield fact
    for match in _ROMAN_YEAR.finditer(view.text):
        if free.take(Span(*match.span())):
            yield Fact("number", Quantity(Decimal(roman(match[0].lower()))), match[0], Span(*match.span()), firm=False)
    yield from _identifiers(view, language, free)


class _Free:
    """Remember which characters are still free, so that each is read once."""

    def __init__(self, folded: str) -> None:
        self.taken = bytearray(c == TAKEN for c in folded)

    def take(self, span: Span) -> bool:
        """Return whether the whole span was free, and take it."""
        if any(self.taken[span.start : span.end]):
            return False
        self.taken[span.start : span.end] = b"\x01" * (span.end - span.start)
        return True


def _marked(view: View, free: _Free) -> Iterator[Fact]:
    for mark in view.document.marks:
        words = view.text[mark.span.start : mark.span.end]
        if mark.kind == "code" and mark.value.strip() and free.take(mark.span):
            yield Fact("code", " ".join(mark.value.split()), words, mark.span, firm=not _PHRASE.fullmatch(mark.value.strip()))
        elif mark.value.startswith("mailto:") and "@" not in words:
            yield Fact("email", mark.value[7:].partition("?")[0].lower(), mark.value[7:], mark.span)
        elif mark.kind in ("link", "image") and (address := url_key(mark.value)):
            yield Fact("url", address, mark.value, mark.span, firm=mark.kind == "link")
    for block in view.document.blocks:
        if not block.prose:
            code = view.text[block.span.start : block.span.end]
            yield Fact("code", code.strip("\n"), code, block.span)


def url_key(address: str) -> str:
    """Return what an address points to: no scheme, `www.`, query decoration or trailing slash.

    Relative addresses and anchors are left alone, because sites localise them; e-mail addresses are facts of
    their own.

    >>> url_key("https://www.example.org/a/?utm_source=x#top")
    'example.org/a'
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    host = (parts.hostname or "").removeprefix("www.")
    if not host:
        return ""
    query = "&".join(q for q in parts.query.split("&") if q and not q.startswith(("utm_", "hl=", "lang=", "locale=")))
    return f"{host}{unquote(parts.path).rstrip('/')}{'?' + query if query else ''}"


def _literal(kind: str, match: re.Match[str]) -> Fact | None:
    text = match[0]
    if kind == "url":
        text = text.rstrip(".,;:!?*_~)") if "(" not in text else text.rstrip(".,;:!?*_~")
        address = url_key(text if "://" in text else f"http://{text}")
        return Fact("url", address, text, Span(match.start(), match.start() + len(text))) if address else None
    if kind == "phone":
        digits = re.sub(r"\D", "", text.replace("(0)", ""))  # +49 (0)30: dialled at home only
        least = 8 if text[0] == "+" else 9  # 01-02-2024 is a date
        number = f"+{digits}" if text[0] == "+" else digits
        return Fact("phone", number, text, Span(*match.span())) if least <= len(digits) <= 15 else None
    if kind == "version":
        if match[1] and _date_like(match[1].split(".")):
            return None
        if match[1] and all(len(group) == 3 for group in match[1].split(".")[1:]):  # 8.398.748: grouped digits
            return None
        return Fact("version", (match[1] or match[2]), text, Span(*match.span()))
    value = re.sub(r"[\s:]", "", text).upper() if kind == "identifier" else text
    return Fact(kind, value.lower() if kind == "email" else value, text, Span(*match.span()))


def _date_like(groups: list[str]) -> bool:
    """Tell whether three numbers are a date in digits: 3.7.1998, 2024.10.1."""
    if len(groups) != 3:
        return False
    day, month, year = groups if len(groups[2]) == 4 else groups[::-1]
    return len(year) == 4 and 1000 <= int(year) < 2200 and 1 <= int(month) <= 12 and 1 <= int(day) <= 31


def _identifiers(view: View, language: Language, free: _Free) -> Iterator[Fact]:
    """Yield names with digits in them; not firm, because translators write them out ("COVID-19")."""
    quarters = {w.lower() for w in language.dates.quarter_prefixes}
    money = {form.lower() for forms in language.currencies.values() for form in forms} | _MONEY
    units = _ZONES | {w for words in (language.times.prefixes, language.times.pm, language.times.am) for w in words}
    for match in _IDENTIFIER.finditer(view.text):
        token = match[0]
        letters = re.match(r"[^\W\d_]+", token)
        head = letters[0] if letters else ""
        if "-" in token and not token[len(head)].isdigit() and not head[-1:].isupper() and not head[:1].isupper():
            continue
        if head.lower() in quarters | money | units or _decade_like(token):
            continue
        span = Span(*match.span())
        if free.take(span):
            yield Fact("identifier", re.sub(r"[-\s]", "", token).upper(), token, span, firm=False)


_ZONES = {"utc", "gmt"}  # UTC-5 is read with the time before it
_MONEY = {code.lower() for code in CURRENCY_CODES} | {"rp", "us", "kr", "rs"}


def _decade_like(token: str) -> bool:
    """Tell whether the digits are a year or decade with a word before them: Mid-1990s."""
    return re.search(r"-[12]\d{3}", token) is not None


EXTRACTOR = Extractor(order=10, read=read)
