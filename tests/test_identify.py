"""Check what tells a document's language, and that nothing is guessed where a guess would be a finding."""

from __future__ import annotations

import subprocess
import sys

import pytest

from consistency.evidence import language_data, sample
from consistency.identify import contradicts, declared, detect, looks_like, named, normal_tag
from consistency.readers._load import from_text

EN = (
    "The council has decided that the old bridge will not be opened again before the end of the year. "
    "It was built in the last century, and there is no money for the repairs that it would need."
)
DE = (
    "Der Rat hat beschlossen, dass die alte Brücke nicht vor dem Ende des Jahres wieder geöffnet wird. "
    "Sie wurde im letzten Jahrhundert gebaut, und es ist kein Geld für die nötigen Arbeiten da."
)
JA = "市議会は、古い橋を今年の終わりまで再び開かないことを決めました。橋は前の世紀に建てられたもので、修理に必要な予算がありません。専門家の調査も続いています。"
ZH = "市议会决定，旧桥在年底之前不会重新开放。这座桥建于上个世纪，目前没有足够的资金进行必要的维修。专家们的调查仍在继续，居民需要绕行很长一段路才能到达对岸。"
RU = "Совет решил, что старый мост не будет открыт до конца года. Его построили в прошлом веке, и денег на ремонт нет."


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("de.md", ("de", True)),
        ("README.zh-CN.md", ("zh-CN", True)),
        ("guide_pt_BR.md", ("pt-BR", True)),
        ("page.it.md", ("it", True)),  # parted by a period, a code is meant
        ("content/de/docs/page.md", ("de", True)),
        ("i18n\\uk\\page.md", ("uk", True)),
        ("locale/pt_BR/LC_MESSAGES/site.po", ("pt-BR", True)),
        ("values-de/strings.xml", ("de", True)),
        ("zh_hant.md", ("zh-Hant", True)),
        ("README-de.md", ("de", False)),  # a bare hyphen is too common
        ("how-to.md", ("to", False)),
        ("is.md", ("is", False)),
        ("cn.md", ("zh", False)),  # a country's code
        ("home/my/page.md", ("my", False)),
        ("docs/it/page.md", ("it", True)),  # a folder is called so for no other reason
        ("src/ml/page.md", ("ml", False)),  # machine learning
        ("index.html", None),
        ("v1.2.md", None),
        ("de-facto.md", None),
        (".md", None),
        ("", None),
    ],
)
def test_named(path: str, expected: tuple[str, bool] | None) -> None:
    assert named(path) == expected


@pytest.mark.parametrize(
    ("tag", "normal"),
    [("PT-br", "pt-BR"), ("sr@latin", "sr"), ("es_419", "es-419"), ("xx", ""), ("german", ""), ("", "")],
)
def test_normal_tag(tag: str, normal: str) -> None:
    assert normal_tag(tag) == normal


def test_declared_lists_everything_strongest_first() -> None:
    found = declared("content/fr/page.md", "de", {"locale": "es_ES"}, "it")
    assert found == (("option", "de"), ("front matter", "es-ES"), ("html", "it"), ("name", "fr"))


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("is.md", EN, ()),  # an English page on being
        ("README-de.md", DE, (("name", "de"),)),
        ("README-de.md", EN, ()),
        ("cn.md", ZH, (("name", "zh"),)),
        (
            "page_de.md",
            EN,
            (("name", "de"),),
        ),  # proved by the name: the text contradicts it, and that is told
    ],
)
def test_a_weak_name_needs_the_text(path: str, text: str, expected: tuple[tuple[str, str], ...]) -> None:
    assert declared(path, "", {}, "", text) == expected


SENTENCES = [
    ("en", EN),
    ("de", DE),
    ("ja", JA),
    ("zh", ZH),
    ("ru", RU),
    ("fr", "Le conseil a décidé que le vieux pont ne serait pas rouvert avant la fin de l'année, car il n'y a pas d'argent."),
    ("es", "El consejo ha decidido que el viejo puente no se abrirá antes de fin de año, porque no hay dinero para las obras."),
    ("pt", "O conselho decidiu que a velha ponte não será aberta antes do fim do ano, porque não há dinheiro para as obras."),
    ("it", "Il consiglio ha deciso che il vecchio ponte non sarà riaperto prima della fine dell'anno, perché non ci sono soldi."),
    ("nl", "De raad heeft besloten dat de oude brug niet voor het einde van het jaar wordt geopend, want er is geen geld."),
    ("sv", "Rådet har beslutat att den gamla bron inte ska öppnas före årets slut, för det finns inga pengar till arbetet."),
    ("da", "Rådet har besluttet, at den gamle bro ikke skal åbnes igen før årets slutning, og der er ingen penge til det."),
    ("pl", "Rada zdecydowała, że stary most nie będzie otwarty do końca roku, bo nie ma pieniędzy na to, co jest potrzebne."),
    ("cs", "Rada rozhodla, že starý most nebude do konce roku otevřen, protože na to, co je potřeba, nejsou peníze."),
    ("fi", "Neuvosto on päättänyt, että vanha silta ei aukea ennen vuoden loppua, koska rahaa ei ole ja se on kallis."),
    ("id", "Dewan telah memutuskan bahwa jembatan tua itu tidak akan dibuka sampai akhir tahun karena tidak ada dana untuk itu."),
    ("tr", "Meclis, eski köprünün bu yıl sonuna kadar açılmayacağına karar verdi, çünkü onarım için bir bütçe yok ve çok pahalı."),
    ("vi", "Hội đồng đã quyết định rằng cây cầu cũ sẽ không được mở lại trước cuối năm vì không có tiền cho các công việc."),
    ("la", "Senatus decrevit ut pons vetus non ante finem anni aperiatur, quod nulla pecunia est et opus magnum est in urbe."),
    ("uk", "Рада вирішила, що старий міст не буде відкрито до кінця року, бо на ремонт немає грошей і це дуже дорого."),
    ("el", "Το συμβούλιο αποφάσισε ότι η παλιά γέφυρα δεν θα ανοίξει πριν από το τέλος του έτους."),
    ("ko", "시의회는 올해가 끝나기 전에는 오래된 다리를 다시 열지 않기로 결정했다."),
    ("ar", "قرر المجلس أن الجسر القديم لن يفتح قبل نهاية العام لأنه لا توجد أموال كافية في الميزانية."),
    ("fa", "شورا تصمیم گرفت که پل قدیمی تا پایان سال باز نمی شود و برای این کار هیچ پولی نیست."),
    ("hi", "परिषद ने निर्णय लिया है कि पुराना पुल इस वर्ष के अंत से पहले नहीं खुलेगा और उसके लिए कोई धन नहीं है।"),
    ("sa", "सभा निश्चितवती यत् सेतुः न उद्घाट्यते इति, तस्य कृते धनं नास्ति, तथा च अन्यः मार्गः अपि अस्ति।"),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "text"), SENTENCES, ids=[lang for lang, _ in SENTENCES])
def test_one_sentence_is_enough(lang: str, text: str) -> None:
    assert detect(text)[0] == lang
    assert contradicts(lang, text) is None


def test_every_listed_word_is_written_in_its_script() -> None:
    """A typing slip (a Latin а in Russian) would make the list weaker without any sign."""
    data = language_data()
    homes = {lang: script for script, langs in data.scripts.items() for lang in langs}
    strays = [
        (lang, word)
        for lang, words in data.words.items()
        for word in words
        if homes[lang] == "cyrillic" and any("a" <= char <= "z" for char in word)
    ]
    assert strays == []


@pytest.mark.parametrize(
    ("tag", "text", "found"),
    [
        ("de", EN, "en"),
        ("en", DE, "de"),
        ("ja", EN, "en"),
        ("en", JA, "ja"),
        ("de-CH", DE, None),
        ("fr", "Installation", None),  # too short
        ("de", "Visual Studio Code, Python, GitHub Actions, Docker Compose, Kubernetes, Terraform, Ansible", None),
        ("ja", ZH, None),  # a title without kana is no proof, and this is little more
        ("ja", ZH * 5, "zh"),
        ("zh", JA, "ja"),
        ("nb", "Rådet har besluttet, at den gamle bro ikke skal åbnes igen før årets slutning, og der er ingen penge til det.", None),
        ("xx", EN, None),  # an unknown tag is not for this check to say
        ("de", f"{DE} {EN[:60]}", None),  # a quotation
    ],
)  # fmt: skip
def test_contradicts(tag: str, text: str, found: str | None) -> None:
    assert contradicts(tag, text) == found


@pytest.mark.parametrize(
    ("text", "source", "target", "found"),
    [
        ("See also the guide for this version.", "en", "de", "en"),
        ("Siehe auch die Anleitung für diese Version.", "en", "de", "de"),
        ("This is not the final version.", "en", "ja", "en"),
        ("これは最終版ではありません。", "en", "ja", "ja"),
        ("Это ещё не готово", "ru", "en", "ru"),
        ("Visual Studio Code", "en", "de", None),  # a name
        ("Berlin, Paris, London", "en", "de", None),
        ("The End", "en", "de", None),  # two words
        ("25 % (2024)", "en", "de", None),
        ("Das Buch „The Art of War“ erschien im Herbst in Berlin.", "en", "de", None),  # a title within
        ("the of and in", "pt", "pt-BR", None),  # one language
    ],
)
def test_looks_like(text: str, source: str, target: str, found: str | None) -> None:
    assert looks_like(text, source, target) == found


def test_sample_leaves_code_out() -> None:
    document = from_text(f"{DE}\n\n```\n{EN}\n```\n\nSo `is this not it` auch.\n", lang="", format="markdown")
    assert sample(document) == f"{DE}\nSo  auch.\n"
    assert document.lang == "de"


def test_ordinary_articles_do_not_load_the_identifier() -> None:
    code = (
        "import sys; from consistency.readers._load import from_text\n"
        f"assert from_text({EN!r}, lang='').lang == 'en' and from_text({DE!r}, lang='').lang == 'de'\n"
        "sys.exit('py3langid' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
