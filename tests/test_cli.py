"""The command line around a pipeline that is given: exit codes, messages, files, colours."""

import json
import os
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from consistency import __version__, registry
from consistency.checkdocs import check_docs
from consistency.checks import CHECKS
from consistency.cli import main
from consistency.records import (
    Alignment,
    Block,
    ConsistencyError,
    Document,
    Fact,
    PartialDate,
    Report,
    Segment,
    Span,
)
from consistency.values import visible
from tests.reporters.fixture import CLEAN, FINDINGS, REPORT

TEXT = "Open since July 3.\nClosed.\n"


def document(path: str, lang: str) -> Document:
    return Document(
        path, lang, TEXT, range(len(TEXT) + 1), (Block("paragraph", Span(0, 18)),), line_starts=(0, 19)
    )


@pytest.fixture
def pipeline(monkeypatch, tmp_path):
    """Stand in for the steps between reading and reporting; keep what they were called with."""
    calls = SimpleNamespace(report=REPORT, loaded=[], settings=None)

    def load(path, *, reader="", lang="", max_bytes=0):
        calls.loaded.append((path, reader, lang))
        if not Path(path).exists():
            raise ConsistencyError(f"{path}: no such file")
        return document(path, lang or "en")

    def check_documents(documents, settings, embedder=None) -> Report:
        calls.settings = settings
        return calls.report

    def align_documents(documents, settings, embedder=None):
        calls.settings = settings
        ours = (
            Segment("en", 0, Span(0, 18), "Open since July 3."),
            Segment("en", 0, Span(19, 26), "Closed\t<now>.\x07"),
        )
        theirs = (Segment("de", 0, Span(0, 18), "Offen seit 3. Juli."),)
        yield ours, theirs, (Alignment((0,), (0,), 0.91234, 0.987), Alignment((1,), (), 0.0, 0.5))

    def read_facts(found):
        whole = Fact("date", PartialDate(month=7, day=3), "July 3", Span(11, 17))
        return whole, replace(whole, span=Span(19, 25), surface="Cl\tosed", firm=False)

    steps = SimpleNamespace(check_documents=check_documents, align_documents=align_documents)
    monkeypatch.setitem(sys.modules, "consistency.pipeline", steps)
    monkeypatch.setitem(sys.modules, "consistency.facts", SimpleNamespace(read_facts=read_facts))
    loader = SimpleNamespace(load=load, load_groups=None, holds_both=lambda path, reader="": False)
    monkeypatch.setitem(sys.modules, "consistency.readers._load", loader)
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    for name in ("en.md", "de.md", "fr.md"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    return calls


COPIES = ("en.md", "de.md")


@pytest.mark.parametrize(
    ("severities", "fail_on", "code"),
    [
        (["error"], None, 1),
        (["warning", "note"], None, 0),
        (["warning"], "warning", 1),
        (["note"], "warning", 0),
        (["note"], "note", 1),
        (["error"], "never", 0),
        ([], "note", 0),
    ],
)
def test_exit_codes(pipeline, capsys, severities, fail_on, code):
    findings = tuple(replace(FINDINGS[0], severity=severity) for severity in severities)
    pipeline.report = replace(REPORT, findings=findings)
    assert main(["check", *COPIES, *(["--fail-on", fail_on] if fail_on else [])]) == code
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (["check", "en.md"], "one copy only: en.md; name at least one translation of it"),
        (["check", "en.md", "en.md"], "one copy only: en.md; name at least one translation of it"),
        (["check", "en.md", "de.md", "./de.md"], "the same file twice: de.md and ./de.md"),
        (["check", "en.md", "de.md", "de.md"], "the same file twice: de.md"),
        (["check", "en.md", "link.md"], "the same file twice: en.md and link.md"),
        (["check", "en.md", "de.md", "hard.md"], "the same file twice: de.md and hard.md"),
        (["check", "en.md", "no.md"], "no.md: no such file"),
        (["check"], "no consistency.toml from "),
        (["check", "."], "no consistency.toml from "),
        (["check", *COPIES, "--since", "HEAD"], "--since: for a site, its folders or one of its files"),
        (["check", *COPIES, "--baseline", "no.toml"], "--baseline no.toml: no such file"),
        (["baseline", "en.md"], "one copy only: en.md; name at least one translation of it"),
        (["init", "--source", "nl"], ".: no layout recognised with sources in nl; give --source TAG"),
        (["init", "--source", "english"], "--source english: a language tag is expected, as in en or pt-BR"),
        (
            ["check", *COPIES, "--format", "word"],
            "Invalid value for '-f' / '--format': 'word' is not one of ",
        ),
        (["check", *COPIES, "--reader", "word"], "Invalid value for '--reader': 'word' is not one of "),
        (
            ["check", *COPIES, "--min-confidence", "2"],
            "Invalid value for '--min-confidence': 2.0 is not in the range",
        ),
        (
            ["check", *COPIES, "--ignore", "number-droped"],
            "--ignore number-droped: no such check; did you mean number-",
        ),
        (["check", *COPIES, "--lang", "de"], "--lang de: give PATH=TAG, as in en.md=en or en.md=pt-BR"),
        (
            ["check", *COPIES, "--lang", "de.md=d"],
            "--lang de.md=d: give PATH=TAG, as in en.md=en or en.md=pt-BR",
        ),
        (
            ["check", *COPIES, "--lang", "dd.md=de"],
            "--lang dd.md=de: dd.md is not among the files given; did you mean de",
        ),
        (
            ["check", *COPIES, "--lang", "de.md=de", "--lang", "./de.md=fr"],
            "--lang: ./de.md is given two languages, de and fr",
        ),
        (["check", *COPIES, "-o", "no/out.txt"], "no/out.txt: cannot be written, there is no folder "),
        (["check", *COPIES, "-o", "."], ".: is a folder; name a file to write to"),
        (["check", *COPIES, "-o", "./de.md"], "-o de.md: would overwrite de.md, which is read"),
        (["align", "en.md", "en.md"], "one copy only: en.md; name at least one translation of it"),
        (["align", *COPIES, "-f", "xml"], "Invalid value for '-f' / '--format': 'xml' is not one of"),
        (["facts", "no.md"], "no.md: no such file"),
        (["facts", "en.md", "-o", "en.md"], "-o en.md: would overwrite en.md, which is read"),
        (["explain", "number-droped"], "number-droped: no such check; did you mean number-dropped?"),
        (["chek"], "No such command 'chek'."),
        (["check", *COPIES, "--loud"], "No such option '--loud'."),
    ],
)
def test_bad_input(pipeline, tmp_path, capsys, argv, message):
    """One line, exit 2, nothing written."""
    (tmp_path / "link.md").symlink_to("en.md")
    (tmp_path / "hard.md").hardlink_to(tmp_path / "de.md")
    before = sorted(path.name for path in tmp_path.iterdir())
    assert main(argv) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith(f"consistency: error: {message}")
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_output_is_checked_before_the_work(pipeline):
    assert main(["check", *COPIES, "-o", "no/out.txt"]) == 2
    assert pipeline.loaded == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_read_only_folder(pipeline, tmp_path, capsys):
    (tmp_path / "locked").mkdir(mode=0o500)
    assert main(["check", *COPIES, "-o", "locked/out.txt"]) == 2
    assert "the folder" in capsys.readouterr().err


def test_read_only_folder_as_told_by_the_system(pipeline, monkeypatch, capsys):
    """The same for root, to whom the system says yes: the answer of os.access is what counts."""
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert main(["check", *COPIES, "-o", "out.txt"]) == 2
    assert "out.txt: cannot be written, the folder" in capsys.readouterr().err


def test_source_among_the_translations(pipeline, capsys):
    """What `check en.md *.md` gives."""
    assert main(["check", "en.md", "de.md", "./en.md", "fr.md"]) == 1
    assert [path for path, _, _ in pipeline.loaded] == ["en.md", "de.md", "fr.md"]


def test_options_reach_the_pipeline(pipeline):
    argv = ["check", *COPIES, "--lang", "./de.md=de-AT", "--reader", "text", "--min-confidence", "0.9"]
    assert main([*argv, "--ignore", "time-dropped", "--ignore", "fact-moved", "--model", "some/model"]) == 1
    assert pipeline.loaded == [("en.md", "text", ""), ("de.md", "text", "de-AT")]
    settings = pipeline.settings
    assert (settings.model, settings.min_confidence, settings.reader) == ("some/model", 0.9, "text")
    assert settings.disabled == {"time-dropped", "fact-moved"}


@pytest.mark.parametrize("name", registry.names("consistency.reporters"))
def test_output_file(pipeline, tmp_path, capsys, name):
    """The file holds what the screen would have shown, and nothing else is left in the folder."""
    before = {path.name for path in tmp_path.iterdir()}
    main(["check", *COPIES, "-f", name])
    shown = capsys.readouterr().out
    main(["check", *COPIES, "-f", name, "-o", "out"])
    assert capsys.readouterr().out == ""
    assert (tmp_path / "out").read_text(encoding="utf-8") == shown
    assert {path.name for path in tmp_path.iterdir()} == before | {"out"}


def test_output_keeps_mode_and_link(pipeline, tmp_path):
    real = tmp_path / "real.txt"
    real.write_text("old")
    real.chmod(0o640)
    (tmp_path / "out.txt").symlink_to("real.txt")
    main(["check", *COPIES, "-o", "out.txt"])
    assert (tmp_path / "out.txt").is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert real.read_text(encoding="utf-8").startswith("docs/harbour.de.md")


def test_new_output_has_the_usual_mode(pipeline, tmp_path):
    (tmp_path / "plain").touch()
    main(["check", *COPIES, "-o", "out.txt"])
    assert (tmp_path / "out.txt").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_output_to_a_device(pipeline):
    """A device is written to, never replaced by a file."""
    assert main(["check", *COPIES, "-o", "/dev/null"]) == 1
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


def test_failed_write_leaves_the_old_file(pipeline, tmp_path, monkeypatch, capsys):
    (tmp_path / "out.txt").write_text("old")
    before = {path.name for path in tmp_path.iterdir()}

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert main(["check", *COPIES, "-o", "out.txt"]) == 2
    assert (
        capsys.readouterr().err == "consistency: error: out.txt: cannot be written: No space left on device\n"
    )
    assert (tmp_path / "out.txt").read_text() == "old"
    assert {path.name for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize(
    ("choice", "environ", "terminal", "colored"),
    [
        ("auto", {}, True, True),
        ("auto", {}, False, False),
        ("auto", {"NO_COLOR": "1"}, True, False),
        ("auto", {"NO_COLOR": ""}, True, True),  # no-color.org: empty does not count
        ("auto", {"TERM": "dumb"}, True, False),
        ("always", {"NO_COLOR": "1"}, False, True),  # said outright
        ("never", {}, True, False),
    ],
)
def test_color(pipeline, capsys, monkeypatch, choice, environ, terminal, colored):
    monkeypatch.setenv("TERM", "xterm")
    for key, value in environ.items():
        monkeypatch.setenv(key, value)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal)
    main(["check", *COPIES, "--color", choice])
    assert ("\x1b[" in capsys.readouterr().out) == colored


def test_no_color_in_a_file(pipeline, tmp_path, monkeypatch):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    main(["check", *COPIES, "-o", "out.txt"])
    assert b"\x1b" not in (tmp_path / "out.txt").read_bytes()


def _faulty(*_: object) -> None:
    raise KeyError("a\nb" + "c" * 300)


SAID = "consistency: internal error: KeyError: 'a\\nb" + "c" * 185 + " (test_cli.py:%d); this is a bug, please report it with the files that show it; CONSISTENCY_DEBUG=1 shows where\n"


def test_a_bug_says_so_in_one_line(pipeline, monkeypatch, capsys):
    """Neither findings (1) nor a mistake of the user (2): an exit code of its own."""
    monkeypatch.delenv("CONSISTENCY_DEBUG", raising=False)
    monkeypatch.setattr(sys.modules["consistency.pipeline"], "check_documents", _faulty)
    assert main(["check", *COPIES]) == 70
    assert capsys.readouterr() == ("", SAID % (_faulty.__code__.co_firstlineno + 1))


def test_a_bug_shows_where_it_is_if_asked(pipeline, monkeypatch, capsys):
    monkeypatch.setenv("CONSISTENCY_DEBUG", "1")
    monkeypatch.setattr(sys.modules["consistency.pipeline"], "check_documents", _faulty)
    assert main(["check", *COPIES]) == 70
    out, err = capsys.readouterr()
    assert (out, err.splitlines()[0], "in _faulty" in err) == ("", "Traceback (most recent call last):", True)


class Panic(BaseException):
    """As a library written in Rust raises it."""


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (Panic("index out of bounds"), 70, "consistency: internal error: Panic: index out of bounds (test_cli.py:"),
        (MemoryError(), 2, "consistency: error: there is not enough memory for this\n"),
        (OSError(12, "Cannot allocate memory"), 2, "consistency: error: there is not enough memory for this\n"),
    ],
)
def test_what_is_no_ordinary_exception(pipeline, monkeypatch, capsys, error, code, said):
    def stop(*_: object) -> None:
        raise error

    monkeypatch.setattr(sys.modules["consistency.pipeline"], "check_documents", stop)
    assert main(["check", *COPIES]) == code
    assert capsys.readouterr().err.startswith(said)


def test_interrupted(pipeline, monkeypatch, capsys):
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(sys.modules["consistency.pipeline"], "check_documents", stop)
    assert main(["check", *COPIES]) == 130
    assert capsys.readouterr().err.strip() == "consistency: interrupted"


@pytest.mark.parametrize("format_", ["tsv", "json", "tmx"])
def test_align(pipeline, capsys, golden, format_):
    assert main(["align", *COPIES, "--lang", "de.md=de", "-f", format_]) == 0
    golden(f"align.{format_}", capsys.readouterr().out.replace(f'creationtoolversion="{__version__}"', ""))


@pytest.mark.parametrize(("format_", "suffix"), [("text", "txt"), ("json", "json")])
def test_facts(pipeline, capsys, golden, format_, suffix):
    assert main(["facts", "en.md", "--format", format_]) == 0
    golden(f"facts.{suffix}", capsys.readouterr().out)


@pytest.mark.parametrize(
    ("check", "text"),
    [
        (
            "phone-changed",
            """phone-changed (error): the copy has another phone number in the place of the source's.

Phone numbers with a country code, by their digits.

Reported:
  en  Call ⟦+1 (555) 010-9999⟧ today.
  de  Rufen Sie heute ⟦+1 555 0109998⟧ an.
      → the phone number “+1 (555) 010-9999” became “+1 555 0109998” in the German copy (+15550109999 → +15550109998)

Not reported:
  en  Call +1 (555) 010-9999 today.
  de  Rufen Sie heute +1 555 0109999 an.

Limits: National numbers are read as numbers.
""",
        ),
        (
            "document-orphan",
            """document-orphan (warning): a translation has no source.

A translation has no source page.

A site, reported:
  consistency.toml
      source = "en"
      languages = ["de"]
      layouts = ["{lang}/*.md"]
  en/news.md
      The harbour opens at noon.
  de/news.md
      Der Hafen öffnet am Mittag.
  de/old.md
      Der Hafen ist gesperrt.
  → de/old.md:1:1: warning: de/old.md is a translation without a source: there is no en/old.md [document-orphan]

Limits: Only where the languages are listed.
""",
        ),
    ],
)
def test_explain(capsys, check, text):
    assert main(["explain", check]) == 0
    row = CHECKS[check]
    right, read = row.counted
    counted = f"Of {read} that were read one by one, {right} were right; most were in good translations.\n" if read else ""
    assert capsys.readouterr().out == (
        f"{text}\n"
        f"Of 100 findings like this, an estimated {row.precision * 100:.0f} are right.\n"
        f"{counted}"
        f"MQM error type: {row.mqm}.\n"
        f"To switch it off: --ignore {check}\n"
    )


@pytest.mark.parametrize("check", CHECKS)
def test_explain_shows_the_examples_of_the_manual(capsys, monkeypatch, check):
    monkeypatch.setenv("COLUMNS", "60")
    assert main(["explain", check]) == 0
    shown = capsys.readouterr().out
    doc = check_docs()[check]
    parts = [text for example in (*doc.flag, *doc.keep) for text in (example.source, example.copy, example.says)]
    parts += [line for site in doc.sites for line in site.says]
    assert [part for text in parts for part in visible(text).split("\n\n") if part not in shown] == []


def test_explain_lists_every_check(capsys):
    assert main(["explain"]) == 0
    rows = [line.split(maxsplit=2) for line in capsys.readouterr().out.splitlines()]
    assert rows == [[check, row.severity, row.summary] for check, row in CHECKS.items()]


def test_clean_report(pipeline, capsys):
    pipeline.report = CLEAN
    assert main(["check", *COPIES]) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("1 fact compared: 0 missing")


def test_json_to_the_screen(pipeline, capsys):
    main(["check", *COPIES, "--format", "json", "--alignments"])
    assert len(json.loads(capsys.readouterr().out)["alignments"]) == 5


def test_version(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"consistency {__version__}\n"


def test_no_command_shows_the_help(capsys):
    assert main([]) == 2
    assert capsys.readouterr().err.startswith("Usage: consistency [OPTIONS] COMMAND")


@pytest.mark.parametrize("command", registry.names("consistency.commands"))
def test_every_command_has_help_with_an_example(capsys, command):
    assert main([command, "--help"]) == 0
    assert f"Example: consistency {command} " in capsys.readouterr().out


def test_version_loads_nothing_heavy():
    """What is imported is what --version waits for."""
    code = (
        "import sys; from consistency.cli import main; main(['--version']);"
        "print(sorted({name.partition('.')[0] for name in sys.modules} & {'numpy', 'lxml', 'jinja2', 'tokenizers',"
        "'markdown_it', 'py3langid', 'sentencex', 'torch', 'json', 'rapidfuzz', 'decimal', 'concurrent'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [f"consistency {__version__}", "['decimal']"]


@pytest.mark.parametrize("reads", [0, 10])
@pytest.mark.parametrize(
    "code",
    [
        "from consistency.commands._screen import emit; emit('line\\n' * 1_000_000, None); sys.exit(3)",
        "from consistency.cli import main; sys.exit(main(['check', '--help']))",
    ],
)
def test_closed_pipe(code, reads):
    """`consistency … | head` ends without a word, however early the reader leaves."""
    command = [sys.executable, "-c", f"import sys, time; time.sleep(0.1); {code}"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(reads)
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    code_by_findings, told_by_click = 3, 1
    assert process.wait() in (code_by_findings, told_by_click, 0)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_full_screen():
    """Output redirected to a full disk: one line, exit 2."""
    code = "import sys; from consistency.cli import main; sys.exit(main(['explain']))"
    with open("/dev/full", "wb") as full:
        done = subprocess.run([sys.executable, "-c", code], stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.stderr == (
        "consistency: error: the report cannot be written to the screen: No space left on device\n"
    )
    assert done.returncode == 2


def test_plain_locale():
    """Under LC_ALL=C the report is UTF-8 all the same, and messages do not break."""
    environ = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    code = "import sys; from consistency.cli import main; sys.exit(main(['explain', '\\xe9']))"
    done = subprocess.run([sys.executable, "-c", code], env=environ, capture_output=True)
    assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)
    code = "from consistency.commands._screen import emit; emit('\\xe9\\u6e2f\\n', None)"
    done = subprocess.run([sys.executable, "-c", code], env=environ, capture_output=True, check=True)
    assert done.stdout.decode() == "é港\n"
