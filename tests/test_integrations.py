"""action.yml, .pre-commit-hooks.yaml, Dockerfile and docs/ci.md, as far as a machine without those services can try them."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from consistency.cli import main
from tests.test_history import commit, git

ROOT = Path(__file__).parents[1]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
(HOOK,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
CI = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
ENGLISH = "# Tickets\n\nA ticket costs 3 euros and is valid for 90 minutes.\n"
GERMAN = "# Fahrkarten\n\nEine Fahrkarte kostet 3 Euro und gilt 90 Minuten.\n"


@pytest.fixture
def site(tmp_path, monkeypatch):
    (tmp_path / "consistency.toml").write_text('source = "en"\nlayouts = ["{lang}/*.md"]\n')
    for lang, text in (("en", ENGLISH), ("de", GERMAN.replace("3 Euro", "5 Euro"))):
        (tmp_path / lang).mkdir()
        (tmp_path / lang / "a.md").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def step(name: str) -> dict:
    (found,) = [step for step in ACTION["runs"]["steps"] if step.get("name") == name]
    return found


def run_step(site: Path, name: str, **values: str) -> tuple[int, dict[str, str], str]:
    """Run a step's script as GitHub does (bash -eo pipefail); return exit code, outputs and the log."""
    bin_ = site / "bin"
    bin_.mkdir(exist_ok=True)
    python = bin_ / "python"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    output = site / "output"
    output.write_text("")
    own = {
        "PATH": f"{bin_}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "GITHUB_OUTPUT": str(output),
        "GITHUB_ACTION_PATH": str(ROOT),
        "RUNNER_TEMP": str(site),
    }
    names = step(name).get("env", {})
    assert set(values) <= set(names)
    environment = {**os.environ, **own, **dict.fromkeys(names, ""), **values}
    script = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step(name)["run"]]
    done = subprocess.run(script, capture_output=True, text=True, env=environment, cwd=site)
    lines = output.read_text().splitlines()
    return done.returncode, dict(line.split("=", 1) for line in lines), done.stdout + done.stderr


def test_action_writes_sarif(site):
    code, outputs, _ = run_step(site, "Check", FORMAT="sarif")
    assert (code, outputs) == (
        0,  # the report goes up before the verdict fails the job
        {"report": f"{site}/consistency.sarif", "exit-code": "1", "written": "true"},
    )
    (run,) = json.loads((site / "consistency.sarif").read_text(encoding="utf-8"))["runs"]
    assert [result["ruleId"] for result in run["results"]] == ["money-changed"]
    assert run_step(site, "Verdict", CODE="1")[0] == 1


def test_action_prints_other_formats(site):
    code, outputs, log = run_step(site, "Check", FORMAT="github", PATHS="de/a.md en", FAIL_ON="never")
    assert (code, outputs) == (0, {"report": "", "exit-code": "0"})
    assert log.startswith("::error ")


@pytest.mark.parametrize("attack", ["$(touch owned)", "; touch owned", "--output=owned", "*.md"])
def test_action_reads_no_input_as_a_command(site, attack):
    """Neither a command, nor an option, nor a pattern: a file that does not exist."""
    _, outputs, log = run_step(site, "Check", FORMAT="text", PATHS=attack)
    assert (outputs["exit-code"], "no such file" in log) == ("2", True)
    assert not (site / "owned").exists()


def test_action_finds_its_cache(site):
    code, outputs, _ = run_step(site, "Find the cache")
    assert (code, set(outputs)) == (0, {"folder", "key"})
    assert re.fullmatch("[0-9a-f]{16}", outputs["key"])


def test_action_inputs_are_used_and_documented():
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    for name in ACTION["inputs"]:
        assert f"inputs.{name}" in text
        assert f"| `{name}` |" in CI
    for step_ in ACTION["runs"]["steps"]:
        assert "${{" not in step_.get("run", ""), "an input in a script could be read as a command"


def test_hook(site, capsys):
    """What the hook runs: nothing touched, nothing checked; the German copy touched, its fault found."""
    git(site, "init", "-q")
    commit(site)
    words = [*HOOK["entry"].split(), *HOOK["args"]]
    assert words[0] == "consistency"
    assert main(words[1:]) == 0
    (site / "de" / "a.md").write_text(GERMAN.replace("90", "60"), encoding="utf-8")
    assert main(words[1:]) == 1
    assert "duration-changed" in capsys.readouterr().out


def test_snippets_call_what_there_is():
    """Every command line in docs/ci.md names options that exist."""
    for line in re.findall(r"consistency check ([^|`\n]*)", CI):
        for option in re.findall(r"--[a-z-]+", line):
            assert option in (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")


def test_snippets_are_yaml():
    for block in re.findall(r"```yaml\n(.*?)```", CI, re.S):
        assert yaml.safe_load(block)


def test_gitlab_script(site):
    """The lines that check, as GitLab's shell would run them; those that install need a network."""
    git(site, "init", "-q", "-b", "main")
    commit(site)
    (site / "de" / "a.md").write_text(GERMAN.replace("90", "60"), encoding="utf-8")
    (job,) = (block["consistency"] for block in map(yaml.safe_load, re.findall(r"```yaml\n(.*?)```", CI, re.S)) if "consistency" in block)
    lines = [line for line in job["script"] if line.startswith("consistency ")]
    (site / "bin").mkdir()
    program = site / "bin" / "consistency"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m consistency "$@"\n')
    program.chmod(0o755)
    environment = {
        **os.environ,
        "PATH": f"{program.parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": "main",
    }
    codes = [subprocess.run(["bash", "-ec", line], cwd=site, env=environment).returncode for line in lines]
    (name,) = job["artifacts"]["reports"].values()
    (issue, *_) = report = json.loads((site / name).read_text(encoding="utf-8"))
    assert (codes, len(report), issue["check_name"]) == ([1], 1, "duration-changed")
    assert issue["location"] == {"path": "de/a.md", "lines": {"begin": 3}}


def test_image_runs_the_program(site, capsys):
    """No container engine here: what the image would run is run, and what it is built from is there."""
    lines = [line.split(None, 1) for line in (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines() if line]
    said = {line[0]: line[1] for line in lines if line[0] in ("ENTRYPOINT", "CMD", "WORKDIR")}
    assert (said["ENTRYPOINT"], said["WORKDIR"]) == ('["consistency"]', "/site")
    assert main(json.loads(said["CMD"])) == 1
    assert "money-changed" in capsys.readouterr().out
    assert (ROOT / "constraints.txt").is_file()
