"""`--judge`: a real, tiny cross-encoder through the library; what its word changes, and what it cannot change."""

import json
from pathlib import Path

import pytest

from consistency import cross_encoder
from consistency.cli import main
from consistency.config import Settings
from consistency.cross_encoder import Answer, Judge, Question
from consistency.findings import finish
from consistency.records import ConsistencyError, Finding, Location
from consistency.second_opinion import reviewed
from tests import tiny_models

NLI = {"entailment": 0.0, "neutral": 0.0, "contradiction": 0.0}
LONG = "The mill burned down in spring because a spark from the old stove reached the dry straw in the loft."
SHORT = "Die Mühle brannte im Frühjahr ab."


@pytest.fixture
def judge(tmp_path: Path):
    pytest.importorskip("sentence_transformers")

    def built(**outputs: float) -> Judge:
        return cross_encoder.load(str(tiny_models.cross_encoder(tmp_path, outputs)))

    return built


@pytest.mark.parametrize(
    ("outputs", "expected"),
    [
        ({"entailment": 4.0, "neutral": 0.0, "contradiction": 0.0}, (0.96, 0.02)),
        ({"contradiction": 0.0, "entailment": 4.0, "neutral": 0.0}, (0.96, 0.02)),  # the order is the model's
        ({"CONTRADICTION": 4.0, "NEUTRAL": 0.0, "ENTAILMENT": 0.0}, (0.02, 0.96)),
        ({"entailment": 0.0, "not_entailment": 4.0}, (0.02, None)),
        ({"LABEL_0": 4.0}, (0.98, None)),  # a reranker: its one output is a logit
        ({"LABEL_0": -4.0}, (0.02, None)),
    ],
)
def test_the_outputs_are_told_by_their_names(outputs, expected, judge):
    question = Question("The cat sits.", "The cats sit on the mat.")
    (answer,) = judge(**outputs).ask([question])
    assert (round(answer.entailed, 2), answer.contradicted and round(answer.contradicted, 2)) == expected


def test_the_same_question_is_asked_once(judge, monkeypatch):
    one, other = Question("the cat", "a cat"), Question("a cat", "the cat")
    built = judge(**NLI)
    asked = []
    predict = built.model.predict
    monkeypatch.setattr(built.model, "predict", lambda pairs, **more: asked.extend(pairs) or predict(pairs, **more))
    answers = built.ask([one, other, one])
    assert (answers[0] == answers[2], built.ask([other])) == (True, [answers[1]])
    assert asked == [one, other]
    assert built.ask([]) == []


def test_a_text_too_long_for_the_model_gets_no_answer(tmp_path):
    pytest.importorskip("sentence_transformers")
    built = cross_encoder.load(str(tiny_models.cross_encoder(tmp_path, NLI, longest=24)))
    answers = built.ask([Question("the cat", "the mat"), Question("the cat " * 20, "the mat")])
    assert [answer is None for answer in answers] == [False, True]


@pytest.mark.parametrize(
    ("outputs", "message"),
    [
        (
            {"LABEL_0": 0.0, "LABEL_1": 0.0, "LABEL_2": 0.0},
            "one output, or outputs named entailment and contradiction expected, found: LABEL_0, LABEL_1, LABEL_2",
        ),
        (
            {"negative": 0.0, "positive": 0.0},
            "one output, or outputs named entailment and contradiction expected, found: negative, positive",
        ),
    ],
)
def test_outputs_that_say_nothing_are_refused(outputs, message, judge, tmp_path):
    with pytest.raises(ConsistencyError) as raised:
        judge(**outputs)
    assert str(raised.value) == f"--judge {tmp_path}: {message}"


def test_a_model_of_another_kind_is_refused(tmp_path):
    pytest.importorskip("sentence_transformers")
    with pytest.raises(ConsistencyError) as raised:
        cross_encoder.load(str(tiny_models.embedding_model(tmp_path)))
    assert str(raised.value) == (
        f"--judge {tmp_path}: a cross-encoder (…ForSequenceClassification) expected, BertModel found"
    )


def test_a_folder_without_a_model(tmp_path):
    pytest.importorskip("sentence_transformers")
    with pytest.raises(ConsistencyError) as raised:
        cross_encoder.load(str(tmp_path))
    assert str(raised.value).startswith(f"--judge {tmp_path}: the folder does not load as a safetensors model: ")


def test_pickled_weights_are_refused(tmp_path):
    pytest.importorskip("sentence_transformers")
    (tmp_path / "pytorch_model.bin").write_bytes(b"")
    with pytest.raises(ConsistencyError) as raised:
        cross_encoder.load(str(tmp_path))
    assert str(raised.value) == f"--judge {tmp_path}: pickled weights are not read: save the model as safetensors"


def found(check: str, confidence: float) -> Finding:
    source, target = (Location(x, x, 1, 1, 1, 1, "", f"{x} text") for x in ("en", "de"))
    return finish(check, confidence, "it lacks something", "de", source, target)


class Told:
    """Answer with what a test wants, and remember what was asked."""

    def __init__(self, answer: Answer | None) -> None:
        self.answer = answer
        self.asked: list[Question] = []

    def ask(self, questions: list[Question]) -> list[Answer | None]:
        self.asked += questions
        return [self.answer for _ in questions]


EN, DE = "en text", "de text"


@pytest.mark.parametrize(
    ("check", "confidence", "answer", "expected", "asked"),
    [
        # Three to one at most, however sure the judge is.
        ("text-dropped", 0.5, Answer(0.0, 0.0), (0.75, "; the judge agrees"), [(DE, EN)]),
        ("text-dropped", 0.5, Answer(0.4, 0.0), (0.6, "; the judge agrees"), [(DE, EN)]),
        ("text-dropped", 0.8, Answer(1.0, 0.0), (0.5714, "; the judge does not agree"), [(DE, EN)]),
        ("text-added", 0.5, Answer(1.0, 0.0), (0.25, "; the judge does not agree"), [(EN, DE)]),
        ("polarity-changed", 0.65, Answer(0.0, 0.9), (0.8478, "; the judge agrees"), [(EN, DE), (DE, EN)]),
        ("polarity-changed", 0.85, Answer(0.0, 1.0), (0.9, "; the judge agrees"), [(EN, DE), (DE, EN)]),
        ("polarity-changed", 0.65, Answer(0.0, None), (0.65, ""), [(EN, DE), (DE, EN)]),  # a reranker cannot tell
        ("text-dropped", 0.5, None, (0.5, ""), [(DE, EN)]),  # too long to be read
        ("text-dropped", 0.34, Answer(0.0, 0.0), (0.34, ""), []),  # below what a note would need
        ("text-dropped", 0.9, Answer(1.0, 0.0), (0.9, ""), []),  # beyond doubt
        ("number-dropped", 0.5, Answer(1.0, 0.0), (0.5, ""), []),  # not a finding on meaning
    ],
)
def test_what_the_judge_changes(check, confidence, answer, expected, asked, monkeypatch):
    told = Told(answer)
    monkeypatch.setattr(cross_encoder, "load", lambda name: told)
    (after,) = reviewed([found(check, confidence)], Settings(judge="some/model"))
    assert (after.confidence, after.message.removeprefix("it lacks something")) == expected
    assert told.asked == asked


def test_without_a_judge_nothing_changes():
    finding = found("text-dropped", 0.5)
    assert reviewed([finding], Settings()) == (finding,)


@pytest.mark.parametrize(
    ("outputs", "expected"),
    [
        ({}, [0.8, "nothing in the German copy answers"]),
        ({"contradiction": 0.0, "neutral": 0.0, "entailment": 9.0}, []),
        ({"contradiction": 0.0, "neutral": 9.0, "entailment": 0.0}, [0.9, "; the judge agrees"]),
    ],
)
def test_on_the_command_line(outputs, expected, tmp_path, capsys):
    (tmp_path / "en.txt").write_text(LONG, encoding="utf-8")
    (tmp_path / "de.txt").write_text(SHORT, encoding="utf-8")
    option = []
    if outputs:
        pytest.importorskip("sentence_transformers")
        option = ["--judge", str(tiny_models.cross_encoder(tmp_path / "judge", outputs))]
    assert main(["check", str(tmp_path / "en.txt"), str(tmp_path / "de.txt"), "-f", "json", *option]) == 0
    report = json.loads(capsys.readouterr().out)
    said = [(f["confidence"], f["message"]) for f in report["findings"]]
    assert [s[0] for s in said] == expected[:1]
    assert all(expected[1] in message for _, message in said)
    assert report["tool"]["settings"].get("judge") == (option[1] if option else None)
