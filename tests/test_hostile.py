"""Time grows with the size of what is read, whatever stands in it; what hides text is found, what is ordinary is not."""

import pytest

from benchmarks import hostile

# The shapes that once took more than linear time, or that a pattern of ours comes close to; `make bench` runs all of
# them on every step and language.
ONCE_SLOW = {
    "facts en": [
        "months",  # every date was compared with every one before it
        "dates",
        "years",
        "slashes",
        "full-width",  # a number of thousands of digits was turned into an hour
        "arabic digits",
        "digit groups",
        "digits then letter",
    ],
    "facts ja": ["spelled ja", "spelled ja both", "spelled ja million", "full-width"],
    "facts de": ["spelled de", "spelled de and", "letters"],
    "facts fr": ["spelled fr", "spaces between digits"],
    "facts ar": ["spelled ar", "arabic groups"],
}
ROWS = [(step, shape) for step, shapes in ONCE_SLOW.items() for shape in shapes]
EVERYWHERE = ["one,", "digits", "spaces", "commas", "brackets", "less", "stars", "words", "one line"]
STEPS = ["facts en", "facts ja", "segment en", "detect", "embed"]


@pytest.fixture(scope="module")
def calls():
    return {}


@pytest.mark.parametrize(("step", "shape"), [*ROWS, *((step, shape) for step in STEPS for shape in EVERYWHERE)])
def test_twice_the_text_takes_twice_the_time(step, shape, calls):
    run = calls.get(step) or calls.setdefault(step, hostile.steps()[step]())
    row = hostile.measured(step, run, shape, largest=200_000)
    assert row.ratio <= hostile.LIMIT, row
