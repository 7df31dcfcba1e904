"""Every copy is a witness: who agrees with the source on a fact, who says something else, and when the source stands alone."""

import pytest

from consistency.consensus import Rows
from consistency.diff import Passages, diff
from consistency.records import Witnesses
from tests.facts_of import facts_of


def rows_of(source: str, **copies: str):
    """Return the outcomes by language, and the rows of the consensus."""
    outcomes = {lang: diff(Passages([facts_of("en", source)], [facts_of(lang, text)])) for lang, text in copies.items()}
    return outcomes, Rows(outcomes)


def only(outcomes, status: str):
    (found,) = [outcome for outcome in outcomes if outcome.status == status]
    return found


SOURCE = "It has 412 rooms."
SAME = {"de": "Es hat 412 Zimmer.", "fr": "Il y a 412 chambres.", "es": "Tiene 412 habitaciones."}
OTHER = {"de": "Es hat 519 Zimmer.", "fr": "Il y a 519 chambres.", "es": "Tiene 519 habitaciones."}
THIRD = {"de": "Es hat 777 Zimmer.", "fr": "Il y a 777 chambres."}
NONE = {"de": "Es hat Zimmer.", "fr": "Il y a des chambres.", "es": "Tiene habitaciones."}


@pytest.mark.parametrize(
    ("copies", "status", "witnesses", "alone"),
    [
        ({"de": OTHER["de"]}, "changed", Witnesses(), False),  # one copy is no majority
        ({"de": OTHER["de"], "fr": SAME["fr"]}, "changed", Witnesses(("fr",)), False),
        ({"de": OTHER["de"], "fr": SAME["fr"], "es": SAME["es"]}, "changed", Witnesses(("es", "fr")), False),  # sorted
        ({"de": OTHER["de"], "fr": OTHER["fr"]}, "changed", Witnesses((), ("fr",)), True),
        ({"de": OTHER["de"], "fr": THIRD["fr"]}, "changed", Witnesses((), ("fr",)), False),  # they differ from each other
        ({"de": OTHER["de"], "fr": OTHER["fr"], "es": SAME["es"]}, "changed", Witnesses(("es",), ("fr",)), False),
        ({"de": OTHER["de"], "fr": OTHER["fr"], "es": OTHER["es"]}, "changed", Witnesses((), ("es", "fr")), True),
        ({"de": OTHER["de"], "fr": OTHER["fr"], "es": "Tiene 777 habitaciones."}, "changed", Witnesses((), ("es", "fr")), False),  # all but one
        ({"de": OTHER["de"], "fr": NONE["fr"]}, "changed", Witnesses((), ("fr",)), False),
        ({"de": NONE["de"], "fr": NONE["fr"]}, "dropped", Witnesses((), ("fr",)), False),  # what all lack, nobody changed
        ({"de": NONE["de"], "fr": SAME["fr"], "es": NONE["es"]}, "dropped", Witnesses(("fr",), ("es",)), False),
    ],
)  # fmt: skip
def test_a_fact_of_the_source(copies, status, witnesses, alone):
    outcomes, rows = rows_of(SOURCE, **copies)
    found = only(outcomes["de"], status)
    assert (rows.witnesses("de", found), rows.source_alone(found), rows.source_lacks("de", found)) == (witnesses, alone, False)


@pytest.mark.parametrize(
    ("copies", "witnesses", "lacks"),
    [
        ({"de": SAME["de"]}, Witnesses(), False),
        ({"de": SAME["de"], "fr": NONE["fr"]}, Witnesses(("fr",)), False),
        ({"de": SAME["de"], "fr": SAME["fr"]}, Witnesses((), ("fr",)), True),
        ({"de": SAME["de"], "fr": OTHER["fr"]}, Witnesses(("fr",)), False),  # it adds something else
        ({"de": SAME["de"], "fr": SAME["fr"], "es": NONE["es"]}, Witnesses(("es",), ("fr",)), False),
        ({"de": SAME["de"], "fr": SAME["fr"], "es": SAME["es"]}, Witnesses((), ("es", "fr")), True),
    ],
)
def test_a_fact_that_a_copy_adds(copies, witnesses, lacks):
    outcomes, rows = rows_of("It has rooms.", **copies)
    found = only(outcomes["de"], "added")
    assert (rows.witnesses("de", found), rows.source_alone(found), rows.source_lacks("de", found)) == (witnesses, False, lacks)


def test_a_fact_that_only_stands_elsewhere_is_agreed_on():
    source = [facts_of("en", "It has 12,345 trees."), (), (), ()]
    moved = Passages(source, [(), (), (), facts_of("fr", "Il y a 12 345 arbres.")])
    outcomes = {"de": diff(Passages(source, [(), (), (), ()])), "fr": diff(moved)}
    assert Rows(outcomes).witnesses("de", only(outcomes["de"], "dropped")) == Witnesses(("fr",))


def test_values_that_traded_places_are_no_row_of_their_own():
    """Each of the two facts is kept; that they traded places is said beside it."""
    source = "In 2019 it was 4%; in 2020 it was 9%."
    outcomes, rows = rows_of(source, de="2019 waren es 9 %, 2020 waren es 4 %.", fr="En 2019 : 5 % ; en 2020 : 9 %.")
    changed = only(outcomes["fr"], "changed")
    assert changed.source.surface == "4%"
    assert rows.witnesses("fr", changed) == Witnesses(("de",))
