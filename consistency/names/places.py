"""Find the countries, cities and organisations that a text names, by the tables of its language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from consistency.languages import Language

_FORM = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*\.?")
_ENDING = re.compile(r"['’][^\W\d_]{0,6}$")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
FORM_WORDS = 4  # of an exonym: "Democratic Republic of Congo" and shorter


@cache
def forms_of(language: Language) -> Mapping[str, frozenset[str]]:
    """Return form → keys, folded; an adjective has its country's key."""
    forms: dict[str, set[str]] = {}
    for table in (language.names.exonyms, language.names.acronyms):
        for key, words in table.items():
            for word in words:
                forms.setdefault(word.casefold(), set()).add(key.casefold().removesuffix("-adj"))
    return {form: frozenset(keys) for form, keys in forms.items()}


def keys_of(text: str, language: Language) -> frozenset[str]:
    """Return the keys of the countries, cities and organisations that a text names in its language.

    Where words are not parted by spaces, or carry particles, a form counts wherever it stands.
    """
    forms, folded = forms_of(language), text.casefold()
    if 20 * len(_UNSPACED.findall(text)) > len(text):
        return frozenset(key for form, keys in forms.items() if form in folded for key in keys)
    words = _FORM.findall(folded)
    words += [part for word in words if "-" in word for part in word.split("-")]
    found: set[str] = set()
    for n_words in range(1, FORM_WORDS + 1):
        for start in range(len(words) - n_words + 1):
            phrase = " ".join(words[start : start + n_words])
            for form in (phrase, phrase.rstrip("."), _ENDING.sub("", phrase)):
                found |= forms.get(form, frozenset())
    return frozenset(found)
