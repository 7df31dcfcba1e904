"""Every engine gives what one process gives, in the same order, whatever dies on the way."""

import json
import os
import subprocess
import sys
import time
from contextlib import ExitStack
from functools import partial
from itertools import islice

import pytest

from consistency import registry
from consistency.cli import main
from consistency.engines.protocol import CHUNK, as_finished, in_order
from tests.engines import work

ENGINES = registry.names("consistency.engines")
N = 5 * CHUNK + 3
DIE = 2 * CHUNK + 1


def articles(*, die=False):
    """Return numbered lines, one of them deadly to a work that minds it; numbers leave gaps, as blank lines do."""
    lines = [b"line %d" % index for index in range(N)]
    if die:
        lines[DIE] = b"die"
    return [(2 * index + 1, line) for index, line in enumerate(lines)]


def lost(number, line):
    return b"%d lost %s" % (number, line)


@pytest.fixture(scope="module")
def cluster(request):
    """Start a Ray cluster of this machine alone; the tests join it by its address."""
    from ray.cluster_utils import Cluster

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(request.config.rootpath))  # where its workers find the work
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        running = Cluster(initialize_head=True, head_node_args={"num_cpus": 2, "include_dashboard": False})
        yield running.address
        running.shutdown()


@pytest.fixture(params=[name for name in ENGINES if name != "protocol"])
def pool(request):
    address = request.getfixturevalue("cluster") if request.param == "ray" else ""
    engine = registry.load("consistency.engines", request.param, "ENGINE")
    with ExitStack() as stack:

        def made(start):
            found = engine(start, 2, address)
            stack.callback(found.close)
            return found

        yield made


@pytest.fixture
def results(pool):
    return lambda start, lines, flow=in_order: list(flow(iter(lines), pool(start), lost))


def expected(lines):
    return [(article, b"%d %s" % (article[0], article[1].upper())) for article in lines]


@pytest.mark.parametrize("n", [0, 1, N])
def test_the_results_come_in_order(results, n):
    assert results(work.shouting, articles()[:n]) == expected(articles()[:n])


@pytest.mark.parametrize(("flow", "arranged"), [(in_order, list), (as_finished, sorted)])
def test_a_worker_killed_on_the_way_costs_nothing(results, tmp_path, flow, arranged):
    lines = articles(die=True)
    assert arranged(results(partial(work.dying_once, str(tmp_path / "died")), lines, flow)) == arranged(expected(lines))
    assert (tmp_path / "died").exists()


def test_an_article_that_kills_every_worker_is_lost_alone(results):
    lines = articles(die=True)
    rows = expected(lines)
    rows[DIE] = (lines[DIE], lost(*lines[DIE]))
    assert results(work.dying, lines) == rows


class Latest:
    """A pool of which the latest chunk is done first."""

    workers = 1

    def submit(self, chunk):
        return [b"%d %s" % (number, line.upper()) for number, line in chunk]

    def result(self, handle):
        return handle

    def finished(self, handles):
        return len(handles) - 1


def test_what_is_done_first_comes_first_where_no_order_is_asked_for():
    rows = expected(articles())
    chunks = [rows[start : start + CHUNK] for start in range(0, N, CHUNK)]
    order = (2, 3, 4, 5, 1, 0)  # three are under way at a time
    assert list(as_finished(articles(), Latest(), lost)) == [row for index in order for row in chunks[index]]


def test_reading_does_not_run_ahead_of_the_results(pool):
    """A million articles must not lie in memory at once."""
    read = 0

    def endless():
        nonlocal read
        for article in articles() * 20:
            read += 1
            yield article

    found = in_order(endless(), pool(work.shouting), lost)
    assert max([read for _ in islice(found, 2 * CHUNK)]) <= (2 * 3 + 1) * CHUNK


ORPHAN = """
import sys
from consistency.engines.processes import Processes
from consistency.engines.protocol import in_order
from tests.engines import work
if __name__ == "__main__":
    for _, result in in_order(((n, b"x") for n in range(10**6)), Processes(work.slow, 2), None):
        print(result.decode(), flush=True)
"""


def test_processes_go_when_their_parent_is_killed(request):
    environ = {**os.environ, "PYTHONPATH": str(request.config.rootpath)}
    parent = subprocess.Popen([sys.executable, "-c", ORPHAN], stdout=subprocess.PIPE, env=environ, text=True)
    workers = {int(parent.stdout.readline()) for _ in range(3 * CHUNK)}
    parent.kill()
    parent.communicate()
    deadline = time.monotonic() + 30
    while any(map(alive, workers)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert [pid for pid in workers if alive(pid)] == []


def alive(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.fixture
def inputs(tmp_path, monkeypatch, request):
    monkeypatch.setenv("PYTHONPATH", str(request.config.rootpath))
    monkeypatch.chdir(tmp_path)
    rows = [
        {
            "id": index,
            "source": "en",
            "documents": {"en": f"The mill ground {index + 20} sacks of rye.", "de": f"Die Mühle mahlte {30 + index % 7} Säcke Roggen."},
        }
        for index in range(2 * CHUNK + 3)
    ]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows) + "{\n", encoding="utf-8")
    return tmp_path


def test_batch_gives_the_same_bytes_on_every_engine(inputs):
    runs = {"one": ["--jobs", "1"], "two": ["--jobs", "2"], "ray": ["--engine", "ray", "--jobs", "2"]}
    for name, options in runs.items():
        assert main(["batch", "in.jsonl", "-o", f"{name}.jsonl", *options]) == 0
    for name in ("two", "ray"):
        assert main(["batch", "in.jsonl", "-o", f"{name}-any.jsonl", *runs[name], "--unordered"]) == 0
    one = (inputs / "one.jsonl").read_bytes()
    assert one.count(b"\n") == 2 * CHUNK + 4
    assert [(inputs / f"{name}.jsonl").read_bytes() == one for name in runs] == [True, True, True]
    lines = sorted(one.splitlines())
    assert [sorted((inputs / f"{name}-any.jsonl").read_bytes().splitlines()) == lines for name in ("two", "ray")] == [True, True]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--address", "x:1"], "--address x:1: only --engine ray has one"),
        (["--jobs", "0"], "Invalid value for '-j' / '--jobs': 0 is not in the range x>=1."),
    ],
)
def test_options_that_do_not_fit(inputs, capsys, options, message):
    assert main(["batch", "in.jsonl", "-o", "out.jsonl", *options]) == 2
    assert capsys.readouterr().err == f"consistency: error: {message}\n"


def test_ray_that_is_not_there(inputs, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    assert main(["batch", "in.jsonl", "-o", "out.jsonl", "--engine", "ray"]) == 2
    assert capsys.readouterr().err == (
        "consistency: error: --engine ray: needs ray: pip install 'consistency[ray]'\n"
    )
