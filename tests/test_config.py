"""The project's configuration: what it may say, and how it says what is wrong with it."""

import re
from pathlib import Path

import pytest

from consistency.config import Layout, Override, Project, Settings, Term
from consistency.records import ConsistencyError
from consistency.site.configuration import find_project, keys, parse

WHOLE = """
source = "en"
languages = ["de", "pt_br", "en"]
layouts = [
    "content/{lang}/**/*.md",
    { source = "docs/**/*.md", translations = "i18n/{lang}/docs/**/*.md" },
]
exclude = ["content/*/drafts"]
model = "some/model"
min_confidence = 0.8
fail_on = "warning"
ignore_names = ["Kontor"]
judge = "some/cross-encoder"
boilerplate = ["* All rights reserved."]
cache = ".cache/consistency"
tags = { jp = "ja" }

[severity]
url-added = "off"
name-dropped = "error"

[[override]]
paths = ["content/*/legal"]
severity = { number-added = "error" }

[[override]]
languages = ["pt"]
min_confidence = 1

[glossary]
keep = ["Lagerhaus"]
container = { de = ["Behälter", "Container"], pt-BR = "contêiner" }
"""


def project_of(text: str, tmp_path: Path) -> Project:
    (tmp_path / "consistency.toml").write_text(text, encoding="utf-8")
    project = find_project(tmp_path)
    assert project is not None
    return project


def test_everything(tmp_path):
    terms = (
        Term("Lagerhaus", keep=True),
        Term("container", {"de": ("Behälter", "Container"), "pt-BR": ("contêiner",)}),
    )
    settings = Settings(
        "some/model",
        0.8,
        frozenset({"url-added"}),
        {"name-dropped": "error"},
        terms=terms,
        judge="some/cross-encoder",
        boilerplate=("* All rights reserved.",),
    )
    assert project_of(WHOLE, tmp_path) == Project(
        tmp_path,
        "consistency.toml",
        "en",
        ("de", "pt-BR"),  # in its usual form, and without the source
        (
            Layout("content/{lang}/**/*.md"),
            Layout("i18n/{lang}/docs/**/*.md", "docs/**/*.md"),
        ),
        ("content/*/drafts",),
        {"jp": "ja"},
        settings,
        "warning",
        (
            Override(("content/*/legal",), (), {"number-added": "error"}),
            Override((), ("pt",), {}, 1.0),
        ),
        ("Kontor",),
        ".cache/consistency",
    )


def test_nothing(tmp_path):
    assert project_of("", tmp_path) == Project(tmp_path, "consistency.toml")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('langauges = ["de"]', "langauges: no such key; did you mean languages?"),
        ("[severities]", "severities: no such key; did you mean severity?"),
        ("zzz = 1", "zzz: no such key"),  # nothing is near
        ('languages = "de"', "languages: a list expected, 'de' found"),
        ('languages = ["german"]', "languages: a language tag (de, pt-BR) expected, 'german' found"),
        ("languages = [1]", "languages: a text expected, 1 found"),
        ('source = "english"', "source: a language tag (de, pt-BR) expected, 'english' found"),
        ("min_confidence = 70", "min_confidence: a number from 0 to 1 expected, 70 found"),
        ("min_confidence = true", "min_confidence: a number expected, True found"),
        ('min_confidence = "0.5"', "min_confidence: a number expected, '0.5' found"),
        ('fail_on = "errors"', "fail_on: error, warning, note or never expected, 'errors' found"),
        ('severity.number-droped = "off"', "severity.number-droped: no such check; did you mean number-dropped?"),
        ('severity.url-added = "of"', "severity.url-added: error, warning, note or off expected, 'of' found"),
        ("cache = true", "cache: a text expected, True found"),
        *(
            (f'cache = "{name}"', f"cache: a folder inside the project expected, {name!r} found")
            for name in ("", ".", "/tmp/x", "~/x", "a/../../x")
        ),
        ('layouts = ["{lang}/*.md"]', "source: missing; layouts need to know which language the sources are in"),
        ('source = "en"\nlayouts = ["docs/*.md"]', "layouts 1: translations: a pattern with {lang} expected, 'docs/*.md' found"),
        ('source = "en"\nlayouts = [{ from = "a" }]', "layouts 1: from: no such key"),
        (
            'source = "en"\nlayouts = [{ source = "docs/*.md", translations = "{lang}/**/*.md" }]',
            "layouts 1: source: the same wildcards as in '{lang}/**/*.md' expected, 'docs/*.md' found",
        ),
        ("[override]\npaths = []", "override: a list expected, {'paths': []} found"),
        ('[[override]]\npath = ["a"]', "override 1: path: no such key; did you mean paths?"),
        ("[[override]]\n[[override]]\nmin_confidence = 2", "override 2: min_confidence: a number from 0 to 1 expected, 2 found"),
        ('[glossary]\nport = "Hafen"', "glossary.port: a table of translations ({ de = \"…\" }) expected, 'Hafen' found"),
        ('languages = ["de"]\n[glossary]\nport = { da = "havn" }', "glossary.port.da: no such language among `languages`"),
        ("[glossary]\nport = { de = 1 }", "glossary.port.de: a list expected, 1 found"),
        ("[glossary]\nkeep = 1", "glossary.keep: a list expected, 1 found"),
        ('tags = { jp = "japan" }', "tags.jp: a language tag (de, pt-BR) expected, 'japan' found"),
    ],
)  # fmt: skip
def test_errors(tmp_path, text, message):
    """The file, the key and both values."""
    with pytest.raises(ConsistencyError) as error:
        project_of(text, tmp_path)
    assert str(error.value) == f"consistency.toml: {message}"


def test_no_toml(tmp_path):
    with pytest.raises(ConsistencyError) as error:
        project_of("source = ", tmp_path)
    assert str(error.value).startswith(f"{tmp_path / 'consistency.toml'}: is not TOML: Invalid value (at ")


def test_found_from_below(tmp_path):
    """The nearest folder upwards counts; a pyproject.toml without a table of ours is passed over."""
    inner = tmp_path / "content" / "de"
    inner.mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text('[tool.consistency]\nsource = "de"\n')
    (tmp_path / "content" / "pyproject.toml").write_text("[tool.other]\n")
    project = find_project(inner)
    assert project == Project(tmp_path, "pyproject.toml", "de")


def test_not_beyond_the_repository(tmp_path):
    (tmp_path / "consistency.toml").write_text('source = "de"\n')
    (tmp_path / "inner" / ".git").mkdir(parents=True)
    assert find_project(tmp_path / "inner") is None


def test_two_in_one_folder(tmp_path):
    (tmp_path / "consistency.toml").touch()
    (tmp_path / "pyproject.toml").write_text("[tool.consistency]\n")
    with pytest.raises(ConsistencyError, match="keep one of them"):
        find_project(tmp_path)


def test_model_beside_the_configuration(tmp_path):
    """A path is meant from the configuration's folder; any other name is left to the library."""
    (tmp_path / "models").mkdir()
    assert parse({"model": "models"}, tmp_path, "f").settings.model == str(tmp_path / "models")
    assert parse({"model": "org/models"}, tmp_path, "f").settings.model == "org/models"


DOCS = Path(__file__).parents[1] / "docs" / "configuration.md"


def test_the_example_in_the_docs(tmp_path):
    (example,) = re.findall(r"```toml\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.S)
    project = project_of(example, tmp_path)
    assert (project.source, len(project.layouts), len(project.overrides)) == ("en", 3, 2)


def test_every_key_is_in_the_docs():
    rows = re.findall(r"^\| `\[*(\w+)\]*` \|", DOCS.read_text(encoding="utf-8"), re.M)
    assert set(rows) == set(keys())
