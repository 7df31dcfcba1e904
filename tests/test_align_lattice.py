"""Compare the dynamic programme with the plain enumeration of every path."""

from __future__ import annotations

import numpy as np
import pytest

from consistency.alignment.bands import band_around, full_band
from consistency.alignment.lattice import Scores, posterior
from consistency.alignment.paths import best_path
from consistency.alignment.spans import SPAN

OPENING = -0.7


def scores(n, m, seed):
    chance = np.random.default_rng(seed)
    band = full_band(n, m)
    beads = chance.standard_normal((SPAN * SPAN, band.size)).astype(np.float32) - 1
    for shape in range(SPAN * SPAN):
        beads[shape, (band.rows <= shape // SPAN) | (band.columns <= shape % SPAN)] = -np.inf
    return Scores(band, beads, chance.standard_normal(n), chance.standard_normal(m), OPENING)


def paths(given, n, m, i=0, j=0, last="bead"):
    """Yield (steps, log weight) of every path from (i, j); a step is (a, b, end row, end column)."""
    if (i, j) == (n, m):
        yield (), 0.0
    for a in range(1, min(SPAN, n - i) + 1):
        for b in range(1, min(SPAN, m - j) + 1):
            weight = given.beads[(a - 1) * SPAN + b - 1, (i + a) * (m + 1) + j + b]
            for rest, more in paths(given, n, m, i + a, j + b, "bead"):
                yield ((a, b, i + a, j + b), *rest), weight + more
    if i < n and last != "insert":
        for rest, more in paths(given, n, m, i + 1, j, "drop"):
            yield ((1, 0, i + 1, j), *rest), given.drops[i] + OPENING * (last != "drop") + more
    if j < m:
        for rest, more in paths(given, n, m, i, j + 1, "insert"):
            yield ((0, 1, i, j + 1), *rest), given.inserts[j] + OPENING * (last != "insert") + more


@pytest.mark.parametrize(("n", "m"), [(1, 1), (1, 3), (3, 1), (3, 4), (4, 3), (2, 5), (5, 4)])
def test_against_enumeration(n, m):
    given = scores(n, m, seed=10 * n + m)
    every = list(paths(given, n, m))
    whole = np.logaddexp.reduce([weight for _, weight in every])
    shares = posterior(given)
    assert shares.log_weight == pytest.approx(whole, abs=1e-6)
    assert best_path(given)[1:] == [
        step[2:] for step in max(every, key=lambda p: p[1])[0]
    ]
    expected = {}
    for steps, weight in every:
        for step in steps:
            expected[step] = expected.get(step, 0.0) + np.exp(weight - whole)
    found = {}
    for a, b, i, j in expected:
        cell = i * (m + 1) + j
        found[a, b, i, j] = (
            shares.beads[(a - 1) * SPAN + b - 1, cell]
            if a and b
            else shares.drops[cell]
            if a
            else shares.inserts[cell]
        )
    assert found == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize(
    "path",
    [
        [(0, 0), *[(i, i) for i in range(1, 41)]],
        [
            (0, 0),
            *[(0, j) for j in range(1, 21)],
            *[(i, 20 + i) for i in range(1, 21)],
        ],  # a long insert first
        [(0, 0), *[(i, 0) for i in range(1, 31)], (35, 5), (40, 10)],  # a long drop, then large beads
    ],
)
@pytest.mark.parametrize("reach", [0, 3])
def test_a_band_holds_its_path(path, reach):
    n, m = path[-1]
    band = band_around(path, n, m, reach)
    assert all(band.low[i] <= j <= band.high[i] for i, j in path)
    assert (np.diff(band.low) >= 0).all()
    assert (np.diff(band.high) >= 0).all()
    assert (band.low[0], band.high[n]) == (0, m)


def test_cells_of_a_band_know_their_neighbours():
    band = band_around([(0, 0), (1, 1), (2, 3), (3, 4)], 3, 4, 1)
    places = list(zip(band.rows.tolist(), band.columns.tolist(), strict=True))
    for up, left in [(0, 1), (1, 0), (1, 2)]:
        back, on = band.before[up, left], band.behind[up, left]
        for index, (i, j) in enumerate(places):
            before, behind = (i - up, j - left), (i + up, j + left)
            assert back[index] == (places.index(before) if before in places else band.size)
            assert on[index] == (places.index(behind) if behind in places else band.size)
