"""Articles in and results out, wherever they lie: every place gives the same lines, and every refusal is one line."""

import gzip
import json
import sys

import fsspec
import pyarrow
import pytest
from pyarrow import parquet

from consistency import shards as module
from consistency.records import ConsistencyError
from consistency.shards import kept_at, publish, shards

ARTICLES = [
    {"id": "a", "source": "en", "format": "text", "documents": {"en": "Open.", "de": "Offen."}},
    {"id": "b", "source": "de", "format": "lines", "documents": {"de": "Zu «spät»."}},
]
LINES = b"".join(json.dumps(article, ensure_ascii=False).encode() + b"\n" for article in ARTICLES)
MAPS = pyarrow.map_(pyarrow.string(), pyarrow.string())
FINDING = {"severity": "error"}
RESULTS = [
    {"id": "a", "counts": {}, "findings": [FINDING, {"severity": "note"}, FINDING], "error": None},
    {"id": 7, "counts": {}, "findings": [], "error": "line 2: no"},
    {"id": None, "counts": {}, "findings": [{"severity": "warning"}], "error": None},
]


def as_map(path):
    columns = {name: [article[name] for article in ARTICLES] for name in ("id", "source", "format")}
    documents = pyarrow.array([list(article["documents"].items()) for article in ARTICLES], MAPS)
    parquet.write_table(pyarrow.table({**columns, "documents": documents, "other": [1, 2]}), path)


def as_struct(path):
    parquet.write_table(pyarrow.Table.from_pylist(ARTICLES), path)


def as_text(path):
    rows = [{**article, "documents": json.dumps(article["documents"])} for article in ARTICLES]
    parquet.write_table(pyarrow.Table.from_pylist(rows), path)


def as_gzip(path):
    with gzip.open(path, "wb") as file:
        file.write(LINES)


def as_two(path):
    first, second = LINES.splitlines(keepends=True)
    path.with_name("x-2.jsonl").write_bytes(second)
    path.with_name("x-1.jsonl").write_bytes(first)


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("x.jsonl", lambda path: path.write_bytes(LINES)),
        ("x.jsonl.gz", as_gzip),
        ("x.parquet", as_map),
        ("x.parquet", as_struct),
        ("x.parquet", as_text),
        ("x-*.jsonl", as_two),
    ],
    ids=["plain", "gzip", "map", "struct", "text", "pattern"],
)
@pytest.mark.parametrize("prefix", ["", "file://"])
def test_the_same_articles_from_every_place(name, write, prefix, tmp_path):
    write(tmp_path / name)
    found = [json.loads(line) for line in shards(f"{prefix}{tmp_path}/{name}").lines()]
    assert found == ARTICLES


def test_columns_that_hold_nothing_are_left_out_and_a_key_that_comes_twice_is_kept(tmp_path):
    documents = pyarrow.array([[("en", "1"), ("en", "2"), ("de", None)]], MAPS)
    none = pyarrow.array([None], pyarrow.string())
    table = pyarrow.table({"id": none, "source": ["en"], "documents": documents})
    parquet.write_table(table, tmp_path / "x.parquet")
    assert list(shards(f"{tmp_path}/x.parquet").lines()) == [
        b'{"source": "en", "documents": {"en": "1", "en": "2"}}\n'
    ]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("x.jsonl", None, "{0}: cannot be read: No such file or directory"),
        ("x-*.jsonl", None, "{0}: no file has such a name"),
        ("x.jsonl.gz", b"plain", "{0}: Not a gzipped file (b'pl')"),
        ("x.parquet", b"not a table", "{0}: Parquet magic bytes not found in footer."),
    ],
)
def test_what_cannot_be_read(name, content, message, tmp_path):
    place = f"{tmp_path}/{name}"
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(ConsistencyError) as told:
        list(shards(place).lines())
    assert str(told.value).startswith(message.format(place))


def test_a_parquet_file_that_lacks_a_column(tmp_path):
    parquet.write_table(pyarrow.table({"id": ["a"], "source": ["en"], "text": ["x"]}), tmp_path / "x.parquet")
    with pytest.raises(ConsistencyError) as told:
        list(shards(f"{tmp_path}/x.parquet").lines())
    assert str(told.value) == f"{tmp_path}/x.parquet: no column 'documents'; there are id, source, text"


def test_an_unknown_scheme():
    with pytest.raises(ConsistencyError) as told:
        list(shards("nowhere://x/y.jsonl").lines())
    assert str(told.value) == "nowhere://x/y.jsonl: Protocol not known: nowhere"


@pytest.mark.parametrize(
    ("place", "package"), [("memory://x.jsonl", "fsspec"), ("x.jsonl.gz", "fsspec"), ("x.parquet", "pyarrow")]
)
def test_a_package_that_is_not_there(place, package, monkeypatch):
    monkeypatch.setitem(sys.modules, package, None)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(ConsistencyError) as told:
        module.require_packages(place)
    assert str(told.value) == f"{place}: needs {package}: pip install 'consistency[cluster]'"


def test_a_plain_file_needs_no_package(monkeypatch, tmp_path):
    for package in ("fsspec", "pyarrow", "pyarrow.parquet"):
        monkeypatch.setitem(sys.modules, package, None)
    module.require_packages("x.jsonl")
    (tmp_path / "x.jsonl").write_bytes(LINES)
    assert b"".join(shards(f"{tmp_path}/x.jsonl").lines()) == LINES


@pytest.mark.parametrize(
    ("place", "kept"),
    [("out/x.jsonl", "out/x.jsonl"), ("s3://bucket/out/x.jsonl", "x.jsonl"), (r"C:\out\x.jsonl", r"C:\out\x.jsonl")],
)
def test_where_half_done_results_are_kept(place, kept):
    assert str(kept_at(place)) == kept


@pytest.fixture
def results(tmp_path):
    path = tmp_path / "part"
    path.write_bytes(b"".join(json.dumps(result).encode() + b"\n" for result in RESULTS))
    return path


def test_results_as_json_lines(results, tmp_path):
    whole = results.read_bytes()
    publish(results, f"{tmp_path}/out.jsonl")
    assert (tmp_path / "out.jsonl").read_bytes() == whole


def test_results_at_a_url(results):
    whole = results.read_bytes()
    publish(results, "memory://bucket/out.jsonl")
    assert fsspec.open("memory://bucket/out.jsonl").open().read() == whole


@pytest.mark.parametrize("prefix", ["", "file://"])
def test_results_as_parquet(prefix, results, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    lines = results.read_text().splitlines()
    publish(results, f"{prefix}{tmp_path}/out.parquet")
    assert parquet.read_table(tmp_path / "out.parquet").to_pylist() == [
        {"id": "a", "error": None, "errors": 2, "warnings": 0, "notes": 1, "result": lines[0]},
        {"id": "7", "error": "line 2: no", "errors": 0, "warnings": 0, "notes": 0, "result": lines[1]},
        {"id": None, "error": None, "errors": 0, "warnings": 1, "notes": 0, "result": lines[2]},
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.parquet", "part"]
