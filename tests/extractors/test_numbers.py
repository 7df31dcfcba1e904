import pytest

from tests.facts_of import facts_of, lines_of

READ = [
    ("en", "It holds 38,000 patents.", ["number 38000 «38,000»"]),
    ("de", "Es sind 38.000 Patente.", ["number 38000 «38.000»"]),
    ("ja", "特許は3万8000件ある。", ["number 38000 «3万8000»"]),
    ("ja", "特許は 3 万 8 千件ある。", ["number 38000 «3 万 8 千»"]),  # some write spaces round digits
    ("en", "They spent 2.5 million dollars.", ["money USD 2500000 «2.5 million dollars»"]),
    ("en", "They spent $2.5m.", ["money USD 2500000 «$2.5m»"]),
    ("de", "Sie gaben 2,5 Mio. Euro aus.", ["money EUR 2500000 «2,5 Mio. Euro»"]),
    ("en", "two and a half million trees", ["number 2500000 «two and a half million»"]),
    ("en", "3.5 billion and two cars", ["number 3500000000 «3.5 billion»", "?number 2 «two»"]),
    ("de", "dreihunderteinundzwanzig Bäume", ["number 321 «dreihunderteinundzwanzig»"]),
    ("de", "Achtung, elfenbeinfarben", []),  # words that only begin like numbers
    ("en", "up to 10 to 15 percent", ["percent <=10 percent «10»", "percent 15 percent «15 percent»"]),
    ("en", "six times as many", ["multiple 6 multiple «six times»"]),
    ("de", "fünffach so viele", ["multiple 5 multiple «fünffach»"]),
    ("en", "It is 2x faster.", ["multiple 2 multiple «2x»"]),
    ("en", "The 6-foot-6 player", ["quantity 78 inch «6-foot-6»"]),
    ("en", "It took 1 hour 30 minutes.", ["duration 90 minute «1 hour 30 minutes»"]),
    ("en", "three years or five months", ["?duration 3 year «three years»", "?duration 5 month «five months»"]),
    ("en", "thousands of people", ["?number n×1000 «thousands»"]),
    ("en", "several thousand people", ["?number 1000 «thousand»"]),
    ("en", "It fell to -5 °C.", ["quantity -5 celsius «-5 °C»"]),
    ("de", "Es fiel auf minus 5 Grad.", ["quantity -5 degree «minus 5 Grad»"]),
    ("en", "Six in ten agree.", ["?number 6 «Six»", "?percent 60 percent «Six in ten»", "?number 10 «ten»"]),
    ("en", "one of the best", ["?number 1 «one»"]),
    ("en", "in the past decade", ["?duration 1 decade «decade»"]),
    ("en", "two years and a half", ["?duration 2.5 year «two years and a half»"]),
    ("en", "an hour and a half", ["?duration 1.5 hour «hour and a half»", "?number 0.5 «half»"]),
    ("en", "a 2½ year plan", ["duration 2.5 year «2½ year»"]),
    ("en", "sales of 1.234.56 units", ["version 1.234.56 «1.234.56»"]),  # no number: never read as one
    ("en", "the firm has 405B parameters", ["number 405000000000 «405B»"]),
    ("ja", "20代の男性", ["?number 20 «20»"]),  # an age group, not a figure
    ("ja", "200人以上が来た。", ["number >=200 «200»"]),
    ("en", "in 1995 200 people came", ["number 1995 «1995»", "number 200 «200»"]),
]


@pytest.mark.parametrize(("lang", "text", "expected"), READ)
def test_read(lang, text, expected):
    assert lines_of(lang, text) == expected


@pytest.mark.parametrize(
    ("lang", "text", "readings"),
    [
        ("en", "1,234 trees", ["1234", "1.234"]),  # two readings whatever the locale
        ("de", "1,234 Meter", ["1.234", "1234"]),
        ("de", "1.5 Meter", ["1.5"]),  # no locale groups one digit
        ("en", "from 1950-53", ["53", "1953"]),  # the second year is written short
    ],
)
def test_readings(lang, text, readings):
    fact = facts_of(lang, text)[-1]
    assert [f"{value.number:f}" for value in (fact.value, *fact.readings)] == readings
