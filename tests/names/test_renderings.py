"""What the rest of a copy teaches of how it writes a name."""

import pytest

from consistency.config import Settings
from consistency.languages import load_language
from consistency.names.passages import Passage
from consistency.names.renderings import Learnt, Renderings
from consistency.pipeline import load_embedder

ENGLISH = ("Waters spoke first.", "It rained.", "Then Waters left.", "Nobody saw it.", "Later Waters came back.")
CHINESE = ("沃特斯首先发言。", "下雨了。", "然后沃特斯离开了。", "没有人看到。", "后来沃特斯回来了。")


EMBEDDER = load_embedder(Settings())


def passages(texts, lang):
    return {bead: Passage(text, 0, (), load_language(lang), EMBEDDER) for bead, text in enumerate(texts)}


@pytest.mark.parametrize(
    ("reason", "copy", "expected"),
    [
        ("written as elsewhere", CHINESE, Learnt(2, 1.0, 1.0)),
        ("not written here", (*CHINESE[:4], "后来他回来了。"), Learnt(2, 1.0, 0.0)),
        ("no rule elsewhere", ("首先发言。", "下雨了。", "然后离开。", "没有人看到。", CHINESE[4]), Learnt(2, 0.5, 0.0)),
    ],
)
def test_learnt(reason, copy, expected):
    sides = Renderings(passages(ENGLISH, "en"), passages(copy, "zh"))
    assert sides.learnt("Waters", 4) == expected, reason


def test_a_name_that_is_nowhere_else_teaches_nothing():
    sides = Renderings(passages(ENGLISH, "en"), passages(CHINESE, "zh"))
    assert sides.learnt("Castellan", 4) == Learnt(0, 0.0, 0.0)
