import pytest

from consistency.values import as_text
from tests.facts_of import facts_of, lines_of

READ = [
    ("en", "It was signed on July 3, 1998.", ["date 1998-07-03 «July 3, 1998»"]),
    ("en", "It was signed on 3 July 1998.", ["date 1998-07-03 «3 July 1998»"]),
    ("de", "am 3. Juli 1998", ["date 1998-07-03 «3. Juli 1998»"]),
    ("ja", "1998年7月3日に", ["date 1998-07-03 «1998年7月3日»"]),
    ("en", "on 2024-07-24", ["date 2024-07-24 «2024-07-24»"]),
    ("en", "in July", ["?date --07 «July»"]),  # dropped and added by every translator
    ("en", "you may go", []),
    ("en", "in early May this year", ["?date --05 «May»"]),
    ("en", "It runs May 3–5.", ["date --05-03 «May 3–»", "date --05-05 «5»"]),
    ("en", "on May 5, July 6", ["date --05-05 «May 5»", "date --07-06 «July 6»"]),
    ("en", "the mid-1990s", ["date 1990s «1990s»"]),
    ("en", "a man in his 40s", ["?date 1940s «40s»"]),  # an age
    ("de", "die 1990er-Jahre", ["date 1990s «1990er-Jahre»"]),
    ("ja", "1990年代", ["date 1990s «1990年代»"]),
    ("en", "the 19th century", ["date C19 «19th century»"]),
    ("ja", "19世紀", ["date C19 «19世紀»"]),
    ("en", "in Q3 2022", ["date 2022-Q3 «Q3 2022»"]),
    ("ja", "第3四半期", ["date Q3 «第3四半期»"]),
    ("en", "on Tuesday", ["?date Tue «Tuesday»"]),
    ("en", "in 300 BC", ["date -0299 «300 BC»"]),
    ("ja", "令和3年", ["date 2021 «令和3年»"]),
    ("en", "at 5:30 p.m.", ["time 17:30 «5:30 p.m.»"]),
    ("en", "at 17:30 UTC", ["time 17:30+00:00 «17:30 UTC»"]),
    ("de", "um 17.30 Uhr", ["time 17:30 «17.30 Uhr»"]),
    ("ja", "午後5時30分", ["time 17:30 «午後5時30分»"]),
    ("en", "at noon", ["?time 12:00 «noon»"]),
    ("en", "at 17:30 (GMT+0100)", ["time 17:30+01:00 «17:30 (GMT+0100)»"]),
    ("en", "at 17:30 UTC-5", ["time 17:30-05:00 «17:30 UTC-5»"]),
    ("en", "at 1200 GMT", ["?time 12:00+00:00 «1200 GMT»"]),  # or 1200 of something
    ("en", "in the zone UTC-05:00", ["?identifier UTC-05:00 «UTC-05:00»"]),  # no time stands before it
    ("de", "Geöffnet 9.00–18.30", ["?time 09:00 «9.00»", "?time 18:30 «18.30»"]),
    ("ru", "в половине четвёртого", ["?time 03:30 «половине четвёртого»"]),
    ("uk", "о пів на четверту", ["?time 03:30 «пів на четверту»"]),
    ("pl", "o wpół do czwartej", ["?time 03:30 «wpół do czwartej»"]),
    ("cs", "v půl čtvrté", ["?time 03:30 «půl čtvrté»"]),
    ("de", "um halb eins", ["?time 12:30 «halb eins»"]),
    ("ja", "八十年代に", ["?date 1980s «八十年代»"]),
    ("de", "in den späten neunziger Jahren", ["?date 1990s «neunziger Jahren»"]),
    ("sv", "på åttiotalet", ["?date 1980s «åttiotalet»"]),
    ("en", "back in the nineties", ["?date 1990s «nineties»"]),
    ("zh", "本世纪初", ["?date 1900s «本世纪初»"]),  # and of the 2000s
    ("fi", "29 9.1918 hän johti", ["?date 1918-09-29 «29 9.1918»"]),  # a dot is missing
    ("en", "in the post-9/11 era", ["?date --09-11 «9/»", "?date ---11 «11»"]),  # or nine of eleven
    ("ja", "50代の男性", ["?date 1950s «50代»"]),  # an age, as "in his 50s"
    ("ko", "30대 여성", ["?date 1930s «30대»"]),
    ("en", "It scored 17.30 points", ["number 17.3 «17.30»"]),  # no word says it is a time
    ("el", "Έφυγαν την Τρίτη για τρίτη φορά.", ["?date Tue «Τρίτη»", "?ordinal 3 ordinal «τρίτη»"]),  # Tuesday by its capital
    ("vi", "Họ rời đi vào sáng thứ Sáu.", ["?date Fri «thứ Sáu»"]),
    ("vi", "ngày thứ sáu của chuyến đi", ["?ordinal 6 ordinal «thứ sáu»"]),  # the sixth day
    ("id", "Rapat dimulai pada Minggu, dua minggu lagi.", ["?date Sun «Minggu»", "?duration 2 week «dua minggu»"]),
    ("en", "It was built in the fifth century.", ["?date C5 «fifth century»"]),
    ("es", "del siglo quinto", ["?date C5 «siglo quinto»"]),
    ("fa", "در قرن پنجم", ["?date C5 «قرن پنجم»"]),
    ("en", "at three in the morning", ["?time 03:00 «three in the morning»"]),  # or three pills
]


@pytest.mark.parametrize(("lang", "text", "expected"), READ)
def test_read(lang, text, expected):
    assert lines_of(lang, text) == expected


@pytest.mark.parametrize(
    ("lang", "text", "values"),
    [
        ("en", "on 3/7/1998", ["1998-03-07", "1998-07-03"]),  # the locale's order first
        ("de", "am 3.7.1998", ["1998-07-03", "1998-03-07"]),
        ("en", "the '90s", ["1990s", "1890s"]),
        ("fa", "بهمن ۱۳۵۷", ["1979", "1357"]),  # a copy may keep "Bahman 1357"
        ("en", "at 5:30", ["05:30", "17:30"]),
    ],
)
def test_readings(lang, text, values):
    fact = facts_of(lang, text)[0]
    assert [as_text(value) for value in (fact.value, *fact.readings)] == values
