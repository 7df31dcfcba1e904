"""Quantities, modes and opposites of every language, as they turn an English sentence or do not; names that change roles."""

import pytest

from consistency import pipeline
from consistency.config import Settings
from consistency.languages import load_language, supported
from consistency.polarity import flip, stance

ALL, MUST, NORTH = "All bridges are open.", "Guests must pay.", "They moved north."
# language: a copy of each that says the same, and one that does not
COPIES = {
    "ar": (("كل الجسور مفتوحة.", "بعض الجسور مفتوحة."), ("يجب على الضيوف الدفع.", "يمكن للضيوف الدفع."), ("انتقلوا إلى الشمال.", "انتقلوا إلى الجنوب.")),
    "cs": (("Všechny mosty jsou otevřené.", "Některé mosty jsou otevřené."), ("Hosté musí platit.", "Hosté mohou platit."), ("Přestěhovali se na sever.", "Přestěhovali se na jih.")),
    "de": (("Alle Brücken sind offen.", "Einige Brücken sind offen."), ("Gäste müssen zahlen.", "Gäste können zahlen."), ("Sie zogen nach Norden.", "Sie zogen nach Süden.")),
    "el": (("Όλες οι γέφυρες είναι ανοιχτές.", "Μερικές γέφυρες είναι ανοιχτές."), ("Οι επισκέπτες πρέπει να πληρώσουν.", "Οι επισκέπτες μπορούν να πληρώσουν."), ("Πήγαν βόρεια.", "Πήγαν νότια.")),
    "es": (("Todos los puentes están abiertos.", "Algunos puentes están abiertos."), ("Los huéspedes deben pagar.", "Los huéspedes pueden pagar."), ("Se mudaron al norte.", "Se mudaron al sur.")),
    "fa": (("همه پل‌ها باز هستند.", "برخی پل‌ها باز هستند."), ("مهمانان باید بپردازند.", "مهمانان می‌توانند بپردازند."), ("آنها به شمال رفتند.", "آنها به جنوب رفتند.")),
    "fi": (("Kaikki sillat ovat auki.", "Jotkut sillat ovat auki."), ("Vieraiden täytyy maksaa.", "Vieraat voivat maksaa."), ("He muuttivat pohjoiseen.", "He muuttivat etelään.")),
    "fr": (("Tous les ponts sont ouverts.", "Certains ponts sont ouverts."), ("Les clients doivent payer.", "Les clients peuvent payer."), ("Ils sont partis au nord.", "Ils sont partis au sud.")),
    "he": (("כל הגשרים פתוחים.", "כמה גשרים פתוחים."), ("אורחים חייבים לשלם.", "אורחים יכולים לשלם."), ("הם עברו לצפון.", "הם עברו לדרום.")),
    "hi": (("सभी पुल खुले हैं।", "कुछ पुल खुले हैं।"), ("मेहमानों को भुगतान करना पड़ेगा।", "मेहमान भुगतान कर सकते हैं।"), ("वे उत्तर में गए।", "वे दक्षिण गए।")),
    "id": (("Semua jembatan dibuka.", "Beberapa jembatan dibuka."), ("Tamu harus membayar.", "Tamu boleh membayar."), ("Mereka pindah ke utara.", "Mereka pindah ke selatan.")),
    "it": (("Tutti i ponti sono aperti.", "Alcuni ponti sono aperti."), ("Gli ospiti devono pagare.", "Gli ospiti possono pagare."), ("Si trasferirono a nord.", "Si trasferirono a sud.")),
    "ja": (("すべての橋が通れる。", "一部の橋が通れる。"), ("客は払わなければならない。", "客は払ってもよい。"), ("彼らは北へ移った。", "彼らは南へ移った。")),
    "ko": (("모든 다리가 열려 있다.", "일부 다리가 열려 있다."), ("손님은 돈을 내야 한다.", "손님은 돈을 낼 수 있다."), ("그들은 북쪽으로 갔다.", "그들은 남쪽으로 갔다.")),
    "la": (("Omnes pontes patent.", "Nonnulli pontes patent."), ("Hospites solvere debent.", "Hospites solvere possunt."), ("Ad septentriones migraverunt.", "Ad meridiem migraverunt.")),
    "nl": (("Alle bruggen zijn open.", "Sommige bruggen zijn open."), ("Gasten moeten betalen.", "Gasten mogen betalen."), ("Ze trokken naar het noorden.", "Ze trokken naar het zuiden.")),
    "pl": (("Wszystkie mosty są otwarte.", "Niektóre mosty są otwarte."), ("Goście muszą płacić.", "Goście mogą płacić."), ("Przenieśli się na północ.", "Przenieśli się na południe.")),
    "pt": (("Todas as pontes estão abertas.", "Algumas pontes estão abertas."), ("Os hóspedes devem pagar.", "Os hóspedes podem pagar."), ("Foram para o norte.", "Foram para o sul.")),
    "ru": (("Все мосты открыты.", "Некоторые мосты открыты."), ("Гости должны платить.", "Гости могут платить."), ("Они уехали на север.", "Они уехали на юг.")),
    "sv": (("Alla broar är öppna.", "Vissa broar är öppna."), ("Gäster måste betala.", "Gäster kan betala."), ("De flyttade norrut.", "De flyttade söderut.")),
    "tr": (("Tüm köprüler açık.", "Bazı köprüler açık."), ("Konukların ödemesi gerekir.", "Konuklar isterse ödeyebilir, serbesttir."), ("Kuzeye taşındılar.", "Güneye taşındılar.")),
    "uk": (("Усі мости відкриті.", "Деякі мости відкриті."), ("Гості повинні платити.", "Гості можуть платити."), ("Вони поїхали на північ.", "Вони поїхали на південь.")),
    "vi": (("Tất cả cây cầu đều mở.", "Một số cây cầu mở."), ("Khách phải trả tiền.", "Khách có thể trả tiền."), ("Họ chuyển về phía bắc.", "Họ chuyển về phía nam.")),
    "zh": (("所有桥都开放。", "有些桥开放。"), ("客人必须付钱。", "客人可以付钱。"), ("他们向北走。", "他们向南走。")),
}  # fmt: skip


def turned(source, lang, target):
    found = flip(stance(source, "en"), stance(target, lang))
    return found and found.axis


@pytest.mark.parametrize("lang", COPIES)
def test_every_language_tells_them(lang):
    pairs = [(source, *copies) for source, copies in zip((ALL, MUST, NORTH), COPIES[lang], strict=True)]
    assert [turned(source, lang, same) for source, same, _ in pairs] == [None, None, None]
    assert [turned(source, lang, other) for source, _, other in pairs] == ["all_some", "duty", "compass"]


def test_all_languages_with_opposites_are_here():
    with_opposites = {lang for lang in supported() if load_language(lang).polarity.opposites}
    assert with_opposites - {"en", "sa"} == set(COPIES)  # Sanskrit has no more than its first opposites


@pytest.mark.parametrize(
    ("source", "lang", "target", "axis"),
    [
        ("You must not pay.", "de", "Sie müssen nicht zahlen.", "duty"),  # the false friend: a ban became a leave
        ("You must not pay.", "de", "Sie dürfen nicht zahlen.", None),
        ("You do not have to pay.", "de", "Sie müssen nicht zahlen.", None),
        ("It may not be true.", "de", "Es muss nicht wahr sein.", None),  # "may not" is either
        ("She can only wait.", "de", "Sie muss warten.", None),  # so is "can only"
        ("She can only wait.", "de", "Sie kann nur warten.", None),
        ("The gate is always locked.", "fr", "La porte est parfois verrouillée.", "frequency"),
        ("The gate is never locked.", "fr", "La porte est toujours verrouillée.", "negation"),  # a pole that negates
        ("The gate is always locked.", "fr", "La porte n’est jamais verrouillée.", "frequency"),
        ("The gate is never locked.", "fr", "La porte n’est jamais verrouillée.", None),
        ("Nobody paid.", "de", "Jeder zahlte.", "negation"),
        ("Everybody paid.", "de", "Keiner zahlte.", "all_none"),
        ("The file is open.", "zh", "文件关闭了。", "open_close"),
        ("The file is open.", "zh", "文件未关闭。", None),  # "not closed"
        ("Nobody failed to pay.", "de", "Jeder zahlte.", None),  # two negations
        ("The bus runs on alternate Fridays.", "de", "Der Bus fährt jeden Freitag.", "all_some"),
        ("The bus runs on alternate Fridays.", "de", "Der Bus fährt jeden zweiten Freitag.", None),
        ("Both doors were shut.", "es", "Una de las dos puertas se cerró.", "both_one"),
        ("Most of the members agreed.", "it", "Una minoranza dei membri era d’accordo.", "most_few"),
        ("The form is optional.", "pt", "O formulário é obrigatório.", "required_optional"),
        ("The employer pays.", "fr", "Le salarié paie.", "employer_employee"),
        ("Delete the file.", "ru", "Добавьте файл.", "add_remove"),
        ("You can’t hurry this.", "ko", "이 일은 서둘러서는 안 된다.", None),  # no "can" in "can’t"
        ("It was one of the first mills.", "tr", "Son derece eski bir değirmendi.", None),  # "son derece": extremely
        ("The form is optional, and none is sent.", "ru", "Форма не обязательная и не отправляется.", None),  # "not required"
        ("All of them, or some of them, agreed.", "de", "Einige stimmten zu.", None),  # the source says both
    ],
)
def test_quantities_and_modes(source, lang, target, axis):
    assert turned(source, lang, target) == axis


@pytest.fixture(scope="module")
def embedder():
    return pipeline.load_embedder(Settings())


@pytest.mark.parametrize(
    ("source", "lang", "target", "marked"),
    [
        ("Alcatel bought Lucent for two million euros.", "es", "Lucent compró Alcatel por dos millones de euros.", ("Alcatel bought Lucent", "Lucent compró Alcatel")),
        ("Secretary Ana Ruiz visited Bruno Katz in the first week of March.", "es", "Bruno Katz visitó a Ana Ruiz en la primera semana de marzo.", ("Secretary Ana Ruiz visited Bruno Katz", "Bruno Katz visitó a Ana Ruiz")),
        ("Alcatel bought Lucent for two million euros.", "es", "Alcatel compró Lucent por dos millones de euros.", None),
        ("Alcatel bought Lucent for two million euros.", "it", "Lucent è stata comprata da Alcatel per due milioni di euro.", None),  # a passive
        ("Alcatel bought Lucent for two million euros.", "es", "Lucent lo compró Alcatel por dos millones de euros.", None),  # object first
        ("Alcatel met Lucent for two hours.", "it", "Lucent ha incontrato Alcatel per due ore.", None),  # goes both ways
        ("Alcatel bought Lucent for two million euros.", "de", "Lucent kaufte Alcatel für zwei Millionen Euro.", None),  # verb-second
        ("Alcatel bought Lucent’s mill for two million euros.", "es", "Lucent compró Alcatel por dos millones de euros.", None),
    ],
)  # fmt: skip
def test_exchanged_roles(source, lang, target, marked, embedder):
    report = pipeline.check({"en": source, lang: target}, "en", format="lines", embedder=embedder)
    found = [(f.source.text, f.target.text) for f in report.findings if f.check == "polarity-changed"]
    assert found == ([marked] if marked else [])


@pytest.mark.parametrize(
    ("source", "lang", "target", "confidence"),
    [
        ("All users must change their password in spring.", "de", "Alle Benutzer können ihr Kennwort im Frühling ändern.", 0.75),
        # Another word answers "first": below the threshold.
        ("They met last year, for the first time in the old mill.", "de", "Sie trafen sich letztes Jahr zuerst in der alten Mühle.", None),
        # Where the poles stand far apart, nothing tells that one was put for the other.
        ("Registration is required for all visitors.", "de", "Die Anmeldung ist für alle Besucher freiwillig.", None),
    ],
)
def test_only_what_stands_in_place_is_shown(source, lang, target, confidence, embedder):
    report = pipeline.check({"en": source, lang: target}, "en", format="lines", embedder=embedder)
    found = [f.confidence for f in report.findings if f.check == "polarity-changed"]
    assert found == ([confidence] if confidence else [])


def test_code_says_nothing(embedder):
    texts = {"en": "The port is open, and `None` stands for the user.", "de": "Der Port ist offen, und `Leer` steht für den Benutzer."}
    plain = {lang: text.replace("`", "") for lang, text in texts.items()}
    found = []
    for documents in (texts, plain):
        report = pipeline.check(documents, "en", format="markdown", embedder=embedder)
        found.append([f.source.text for f in report.findings if f.check == "polarity-changed"])
    assert found == [[], ["None"]]
