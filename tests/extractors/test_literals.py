import pytest

from consistency.extractors.literals import url_key
from tests.facts_of import lines_of

READ = [
    ("Write to help@example.org today.", ["email help@example.org «help@example.org»"]),
    ("See https://example.org/2023/05/item-42.", ["url example.org/2023/05/item-42 «https://example.org/2023/05/item-42»"]),
    ("See [the page](https://example.org/a) now.", ["url example.org/a «https://example.org/a»"]),
    ("Run `pip install x` now.", ["code pip install x «pip install x»"]),
    ("Read `1. Testing Practices` and `Log record`.", ["?code 1. Testing Practices «1. Testing Practices»", "?code Log record «Log record»"]),
    ("Set `Content-Type` or `Log.record(x)`.", ["code Content-Type «Content-Type»", "code Log.record(x) «Log.record(x)»"]),
    ("Version 2.10.3 is out.", ["version 2.10.3 «2.10.3»"]),
    ("v2 is out.", ["version 2 «v2»"]),
    ("Call +1 (555) 010-9999 today.", ["phone +15550109999 «+1 (555) 010-9999»"]),
    ("CVE-2021-44228 is fixed.", ["identifier CVE-2021-44228 «CVE-2021-44228»"]),
    ("ISO 9001 applies.", ["identifier ISO9001 «ISO 9001»"]),
    ("COVID-19 and A380", ["?identifier COVID19 «COVID-19»", "?identifier A380 «A380»"]),
    ("Mid-1990s music", ["date 1990s «1990s»"]),
    ("Hello {name}, you have %d items", ["placeholder {name} «{name}»", "placeholder %d «%d»"]),
    ("全球A380客机", ["?identifier A380 «A380»"]),
    ("请写信至help@example.org。", ["email help@example.org «help@example.org»"]),
    ("[write](mailto:Help@example.org)", ["email help@example.org «Help@example.org»"]),
    ("请见https://example.org/a。", ["url example.org/a «https://example.org/a»"]),
    ("升级到版本2.1.0。", ["version 2.1.0 «2.1.0»"]),
    ("8.398.748 people", ["number 8398748 «8.398.748»"]),  # grouped digits, not a version
    ("Rp1,5 is 5kg", ["money IDR 1.5 «Rp1,5»", "quantity 5 kilogram «5kg»"]),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text, expected):
    assert lines_of("en", text, "markdown") == expected


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("https://www.example.org/a/?utm_source=x#top", "example.org/a"),
        ("mailto:Help@Example.org", ""),
        ("../relative/page", ""),
        ("#anchor", ""),
        ("https://[broken", ""),
    ],
)
def test_url_key(address, key):
    assert url_key(address) == key
