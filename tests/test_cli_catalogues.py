"""Files that hold both sides: one path is enough, and message n answers message n."""

import json
from pathlib import Path

import pytest

from consistency.cli import main

PO = """\
msgid ""
msgstr "Language: de\\n"

msgid "Files over 25 MB are refused."
msgstr "Dateien über 52 MB werden abgelehnt."

msgid "Cancel"
msgstr "Abbrechen"

msgid "Your trial ends in 14 days."
msgstr "Ihr Probezeitraum endet bald."

msgid "Not yet translated"
msgstr ""
"""
XLIFF = """\
<xliff version="1.2"><file source-language="en" target-language="de" original="a"><body>
<trans-unit id="a"><source>Files over 25 MB are refused.</source><target>Dateien über 52 MB werden abgelehnt.</target></trans-unit>
<trans-unit id="b"><source>Cancel</source><target>Abbrechen</target></trans-unit>
<trans-unit id="c"><source>Your trial ends in 14 days.</source><target>Ihr Probezeitraum endet bald.</target></trans-unit>
</body></file></xliff>
"""
TMX = """\
<tmx version="1.4"><header srclang="en"/><body>
<tu><tuv xml:lang="en"><seg>Files over 25 MB are refused.</seg></tuv><tuv xml:lang="de"><seg>Dateien über 52 MB werden abgelehnt.</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>Cancel</seg></tuv><tuv xml:lang="de"><seg>Abbrechen</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>Your trial ends in 14 days.</seg></tuv><tuv xml:lang="de"><seg>Ihr Probezeitraum endet bald.</seg></tuv></tu>
</body></tmx>
"""
LAYOUTS = 'source = "en"\nlanguages = ["de", "fr"]\nlayouts = ["locale/{lang}/*.po"]\n'


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()  # nothing above is this project's
    monkeypatch.chdir(tmp_path)


def checked(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[tuple[str, str, str, int]]]:
    """Return the exit code, and of each finding check, language, path and line in the copy."""
    code = main(["check", *arguments, "--format", "json"])
    found = json.loads(capsys.readouterr().out)["findings"]
    return code, [(f["check"], f["lang"], f["target"]["path"], f["target"]["line"]) for f in found]


@pytest.mark.parametrize(
    ("name", "text", "lines"),
    [("messages.po", PO, (5, 11)), ("app.xlf", XLIFF, (2, 4)), ("memory.tmx", TMX, (2, 4))],
)
def test_both_sides(capsys, name, text, lines):
    Path(name).write_text(text, encoding="utf-8")
    assert checked(capsys, name) == (
        1,
        [("quantity-changed", "de", name, lines[0]), ("duration-dropped", "de", name, lines[1])],
    )


def test_every_message_answers_its_own(capsys):
    """Short messages look alike, and an aligner would find a better order: “3 files” belongs to its key, not to “Three”."""
    pairs = [("Open", "Öffnen"), ("2 files", "3 Dateien"), ("3 files", "2 Dateien"), ("4 files", "4 Dateien"), ("Close", "Schließen")]
    body = "".join(f'\nmsgid "{one}"\nmsgstr "{other}"\n' for one, other in pairs)
    header = 'msgid ""\nmsgstr "Language: de\\nX-Source-Language: en\\n"\n'
    Path("app.po").write_text(f"{header}{body}", encoding="utf-8")
    code, found = checked(capsys, "app.po")
    assert (code, [(check, line) for check, _, _, line in found]) == (
        1,
        [("number-changed", 8), ("number-changed", 11)],
    )


def test_language_of_a_catalogue(capsys):
    Path("app.po").write_text(PO.replace("Language: de", "X: y"), encoding="utf-8")
    code, found = checked(capsys, "app.po", "--lang", "app.po=de-AT")
    assert (code, {lang for _, lang, _, _ in found}) == (1, {"de-AT"})


def test_a_template_has_one_side(capsys):
    Path("app.pot").write_text(PO, encoding="utf-8")
    assert main(["check", "app.pot"]) == 2
    assert capsys.readouterr().err == (
        "consistency: error: one copy only: app.pot; name at least one translation of it\n"
    )


def test_site_of_catalogues(capsys):
    """Each is held against its own messages, so none is a translation without a source."""
    for lang, text in (("de", PO), ("fr", PO.replace("52 MB", "25 Mo").replace("bald", "14 jours"))):
        path = Path("locale", lang, "app.po")
        path.parent.mkdir(parents=True)
        path.write_text(text.replace("Language: de", f"Language: {lang}"), encoding="utf-8")
    Path("consistency.toml").write_text(LAYOUTS, encoding="utf-8")
    here = [("quantity-changed", "de", "locale/de/app.po", 5), ("duration-dropped", "de", "locale/de/app.po", 11)]
    code, found = checked(capsys)
    assert (code, [row for row in found if row[1] == "de"]) == (1, here)
    assert {row[0] for row in found} <= {"quantity-changed", "duration-dropped", "document-language"}
    assert checked(capsys, "locale/de/app.po") == (1, here)
    Path("locale/fr/app.po").write_text("msgid broken\n", encoding="utf-8")
    assert main(["check"]) == 2
