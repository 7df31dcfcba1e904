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
    ("en", "several thousand people", ["?number n×1000 «several thousand»"]),
    ("en", "It fell to -5 °C.", ["quantity -5 celsius «-5 °C»"]),
    ("de", "Es fiel auf minus 5 Grad.", ["quantity -5 degree «minus 5 Grad»"]),
    ("en", "Six in ten agree.", ["?number 6 «Six»", "?percent 60 percent «Six in ten»", "?number 10 «ten»"]),
    ("en", "one of the best", ["?number 1 «one»"]),
    ("en", "in the past decade", ["?duration 1 decade «decade»"]),
    ("en", "two years and a half", ["?duration 2.5 year «two years and a half»"]),
    ("en", "an hour and a half", ["?duration 1.5 hour «hour and a half»"]),
    ("en", "a 2½ year plan", ["duration 2.5 year «2½ year»"]),
    ("en", "sales of 1.234.56 units", ["version 1.234.56 «1.234.56»"]),  # no number: never read as one
    ("en", "the firm has 405B parameters", ["number 405000000000 «405B»"]),
    ("en", "Wi-Fi 802.11b in phase 2b", ["?number 802.11 «802.11b»", "?number 2 «2b»"]),  # names, not billions
    ("en", "models of 7B and 70B, at 5b euros", ["?number 7 «7B»", "number 70000000000 «70B»", "money EUR 5000000000 «5b euros»"]),
    ("en", "In 2020, 405B and $2B", ["number 2020 «2020»", "number 405000000000 «405B»", "money USD 2000000000 «$2B»"]),
    ("en", "in 2020 and 405B and $2B", ["number 2020 «2020»", "number 405000000000 «405B»", "money USD 2000000000 «$2B»"]),
    ("en", "in 2019 and 15 km away", ["number 2019 «2019»", "quantity 15 kilometre «15 km»"]),  # a year
    ("en", "between 10 and 15 km", ["quantity 10 kilometre «10»", "quantity 15 kilometre «15 km»"]),
    ("en", "nine to 12 percent", ["percent 9 percent «nine»", "percent 12 percent «12 percent»"]),
    ("en", "nine and 12 percent", ["?number 9 «nine»", "percent 12 percent «12 percent»"]),  # no like numbers, no range
    ("en", "a quarter of a million trees", ["number 250000 «a quarter of a million»"]),
    ("fr", "un quart de million d'arbres", ["number 250000 «un quart de million»"]),
    ("en", "a dozen eggs", ["?number 12 «dozen»"]),  # about twelve
    ("en", "3 millions of them", ["number 3000000 «3 millions»"]),
    ("en", "an hour and thirty minutes", ["duration 90 minute «an hour and thirty minutes»"]),
    ("en", "1 hour, 30 minutes", ["duration 90 minute «1 hour, 30 minutes»"]),
    ("de", "eine Stunde und dreißig Minuten", ["duration 90 minute «eine Stunde und dreißig Minuten»"]),
    ("en", "It took 1m35s.", ["duration 95 second «1m35s»"]),  # a metre elsewhere
    ("en", "It took 2h30m.", ["duration 150 minute «2h30m»"]),
    ("en", "It is 1m long.", ["quantity 1 metre «1m»"]),
    ("en", "five point two percent", ["percent 5.2 percent «five point two percent»"]),
    ("de", "zwei Komma fünf Prozent", ["percent 2.5 percent «zwei Komma fünf Prozent»"]),
    ("zh", "百分之五点二", ["percent 5.2 percent «百分之五点二»"]),
    ("zh", "三点五亿人", ["number 350000000 «三点五亿»"]),
    ("ja", "会議は2時間半続いた。", ["duration 2.5 hour «2時間半»"]),
    ("ja", "3日半島を回った。", ["duration 3 day «3日»"]),  # 半島, a peninsula
    ("ko", "회의는 2시간 반 걸렸다.", ["duration 2.5 hour «2시간 반»"]),
    ("ko", "2년 반도체 사업", ["duration 2 year «2년»"]),  # 반도체, a semiconductor
    ("zh", "会议开了两个半小时。", ["?duration 2.5 hour «两个半小时»"]),
    ("vi", "Cuộc họp kéo dài hai giờ rưỡi.", ["?duration 2.5 hour «hai giờ rưỡi»"]),
    ("vi", "hai triệu rưỡi người", ["number 2500000 «hai triệu rưỡi»"]),
    ("vi", "tăng hai phẩy năm phần trăm", ["percent 2.5 percent «hai phẩy năm phần trăm»"]),
    ("vi", "từ năm đến mười phần trăm", ["?percent 5 percent «năm»", "percent 10 percent «mười phần trăm»"]),
    ("vi", "trong hai trăm năm người ta", ["duration 200 year «hai trăm năm»"]),  # năm is a year here
    ("ru", "в двадцать первом веке", ["?date C21 «двадцать первом веке»"]),
    ("pl", "w dwudziestym pierwszym wieku", ["?date C21 «dwudziestym pierwszym wieku»"]),
    ("fr", "trente secondes plus tard", ["duration 30 second «trente secondes»"]),  # no 32nd
    ("en", "a jazz trio and a couple of decades", ["?number 3 «trio»", "?duration 2 decade «couple of decades»"]),
    ("en", "a couple of hundred guests", ["?number n×100 «couple of hundred»"]),
    ("en", "decades ago", ["?number n×10 «decades»"]),
    ("ja", "大学 3 年生の彼女", ["?number 3 «3 年»"]),  # a third-year student
    ("en", "It costs $10-15m.", ["money USD 10 «$10»", "money USD 15000000 «15m»"]),  # no metres
    ("de", "hunderte von Milliarden", ["?number n×100000000000 «hunderte von Milliarden»"]),
    ("fa", "نتیجه ½14 بود", ["number 14.5 «½14»"]),  # typed from the right
    ("ar", "الذكرى الاربعون", ["number 40 «الاربعون»"]),  # without the hamza
    ("de", "2 Drittel der Fälle", ["?number 0.6666666666666666666666666666 «2 Drittel»"]),
    ("de", "zwischen einer und anderthalb Millionen", ["?number 1 «einer»", "number 1500000 «anderthalb Millionen»"]),
    ("ru", "соотношение 5:10 000 человек", ["number 5 «5»", "number 10000 «10 000»"]),  # no time of day
    ("en", "He is 6'2 tall", ["?version 6'2 «6'2»"]),  # feet and inches, or 6.2
    ("en", "at this point two men left", ["?number 2 «two»"]),  # no number before the point
    ("ja", "時速約60キロ", ["quantity ~60 kilometre_per_hour «時速約60キロ»"]),
    ("ja", "秒速5メートル、華氏70度", ["quantity 5 metre_per_second «秒速5メートル»", "quantity 70 fahrenheit «華氏70度»"]),
    ("ja", "16進数", ["?number 16 «16»"]),  # the base of a notation
    ("ja", "五十嵐さん", []),  # a family
    ("ja", "五十人の客", ["number 50 «五十»"]),
    ("ja", "5歳まで", ["duration 5 year «5歳»"]),  # まで: the end of a time, no bound
    ("he", "5 דונם", ["quantity 5 dunam «5 דונם»"]),
    ("en", "40 Norwegian kroner", ["money NOK 40 «40 Norwegian kroner»"]),
    ("ru", "50 форинтов", ["money HUF 50 «50 форинтов»"]),
    ("ja", "1ランドセル", ["?number 1 «1»"]),  # a school bag, not a rand
    ("de", "Version 3.1", ["version 3.1 «3.1»"]),
    ("ja", "バージョン3.1", ["version 3.1 «3.1»"]),
    ("de", "Llama 3.1", ["number 3.1 «3.1»"]),  # a name says nothing of what its number is
    ("ja", "20代の男性", ["?date 1920s «20代»"]),  # an age group, not a figure
    ("ja", "200人以上が来た。", ["number >=200 «200»"]),
    ("zh", "三方合并", ["?numeral 3 «三»"]),
    ("en", "open 7 days, 24 hours", ["duration 7 day «7 days»", "duration 24 hour «24 hours»"]),
    ("en", "in 1995 200 people came", ["number 1995 «1995»", "number 200 «200»"]),
    ("en", "Reply within two working days.", ["?duration 2 day «two working days»"]),
    ("el", "Έχει δεκαπλάσιους κατοίκους.", ["?multiple 10 multiple «δεκαπλάσιους»"]),
    ("fi", "Varas iski varttia vaille kuusi aamulla.", ["?time 05:45 «varttia vaille kuusi aamulla»"]),
    ("en", "It opens at a quarter past nine in the morning.", ["?time 09:15 «a quarter past nine in the morning»"]),
    ("hi", "गाड़ी सुबह सवा नौ बजे आई।", ["?time 09:15 «सुबह सवा नौ बजे»"]),
    ("tr", "Toplantı dokuza çeyrek kala başladı.", ["?time 08:45 «dokuza çeyrek kala»"]),
    ("zh", "下午三点一刻到了。", ["?time 15:15 «下午三点一刻»"]),  # not 3.1
    ("zh", "他用了近十年时间。", ["?duration ~10 year «十年»"]),  # ten, not tens
    ("zh", "持续了两个半月", ["?duration 2.5 month «两个半月»"]),
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
        ("en", "the crisis of 1994-5", ["5", "1995"]),
        ("de", "in den Jahren 1992/93", ["93", "1993"]),
        ("hi", "लाखों लोग", ["100000", "1000000"]),  # hundreds of thousands, or what English calls millions
        ("fi", "noin 1, 6 miljoonaa", ["6000000", "1600000"]),  # a space slipped in behind the decimal mark
        ("fi", "luokat 1, 16 miljoonaa", ["16000000"]),  # two numbers
        ("ko", "서너 문장이면 된다", ["3", "4"]),  # three or four
        ("und", "7 millió", [f"7{'0' * zeros}" for zeros in (0, 3, 4, 5, 6, 7, 8, 9, 12)]),  # of what nobody knows
    ],
)
def test_readings(lang, text, readings):
    fact = facts_of(lang, text)[-1]
    assert [f"{value.number:f}" for value in (fact.value, *fact.readings)] == readings
