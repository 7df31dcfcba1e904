"""Give every piece the n-grams of its romanised spelling, so that rare pieces learn from common ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

SIZES = (3, 4, 5)


def piece_features(piece: str) -> list[str]:
    """Return what a piece shares with others: n-grams of its spellings, the whole word without its boundary.

    The romanised spelling lets a name learn in any script: Путин, プーチン and Putin meet in "put", Hangul
    syllables come apart into letters. A Latin word with diacritics keeps its own n-grams too: Vietnamese
    tones tell words apart.
    """
    from anyascii import anyascii

    word = piece.removeprefix("▁")
    features = [f"raw:{word}"]
    roman = anyascii(word).lower()
    if not any(character.isalnum() for character in roman):
        return features
    features.append(f"all:{roman}")
    if any("\u3400" <= character <= "\u9fff" for character in word):
        # A reading of Han characters says little of their meaning; the characters do.
        return features + [f"han:{character}" for character in word if len(word) > 1]
    latin = max(word) < "\u0370" or "\u1e00" <= max(word) < "\u1f00"
    bounded = f"<{word if latin else roman}" if word != piece else (word if latin else roman)
    features += [bounded[i : i + n] for n in SIZES for i in range(len(bounded) - n + 1)]
    return list(dict.fromkeys(features))


def feature_table(pieces: Sequence[str]) -> tuple[np.ndarray, np.ndarray, int]:
    """Return (offsets, feature ids, number of features); a feature of one piece only is left out.

    ids[offsets[i]:offsets[i + 1]] belong to piece i.
    """
    found = [piece_features(piece) for piece in pieces]
    counts = Counter(feature for features in found for feature in features)
    numbers = {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n > 1))}
    kept = [[numbers[f] for f in features if f in numbers] for features in found]
    offsets = np.cumsum([0, *map(len, kept)], dtype=np.int64)
    return offsets, np.array([i for row in kept for i in row], dtype=np.int64), len(numbers)
