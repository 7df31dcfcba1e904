"""Ask a cross-encoder whether one passage says what another says: an NLI model, or a reranker with one output.

Through sentence-transformers' CrossEncoder, which loads either kind; off by default and never asked alone
(consistency/second_opinion.py). An NLI model's outputs are told by the names in its configuration (id2label):
their order differs from model to model, and a wrong guess would turn every answer round.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from consistency import pretrained
from consistency.records import ConsistencyError

_HEAD = "ForSequenceClassification"
_MOST_ANSWERS = 65_536  # remembered: a site repeats itself, and so does --watch


class Question(NamedTuple):
    """Ask whether the premise says all that the hypothesis says."""

    premise: str
    hypothesis: str


class Answer(NamedTuple):
    """Say how likely the premise says the hypothesis, and its opposite (None: this model cannot tell), 0..1."""

    entailed: float
    contradicted: float | None


@dataclass(frozen=True)
class Judge:
    """Hold a loaded cross-encoder. name: what the user gave; entailment, contradiction: which outputs say so.

    contradiction: None where the model cannot tell. A model with one output gives likeness, read as entailment.
    """

    name: str
    model: Any
    entailment: int
    contradiction: int | None
    answers: dict[Question, Answer | None] = field(default_factory=dict)

    def ask(self, questions: Sequence[Question]) -> list[Answer | None]:
        """Return an answer to each question; None where the two texts are longer than the model reads."""
        if len(self.answers) > _MOST_ANSWERS:
            self.answers.clear()
        fresh = [q for q in dict.fromkeys(questions) if q not in self.answers]
        fitting = [q for q, size in zip(fresh, self._sizes(fresh), strict=True) if size <= self._longest()]
        self.answers.update(dict.fromkeys(fresh))
        if fitting:
            import torch

            pairs = [tuple(question) for question in fitting]
            raw = self.model.predict(pairs, activation_fn=torch.nn.Identity(), show_progress_bar=False)
            rows = np.asarray(raw, dtype=np.float64).reshape(len(pairs), -1)
            self.answers.update(zip(fitting, map(self._answer, rows), strict=True))
        return [self.answers[question] for question in questions]

    def _answer(self, outputs: NDArray[np.float64]) -> Answer:
        if len(outputs) == 1:
            return Answer(float(1 / (1 + np.exp(-np.clip(outputs[0], -30, 30)))), None)
        shares = np.exp(outputs - outputs.max())
        shares /= shares.sum()
        opposite = None if self.contradiction is None else float(shares[self.contradiction])
        return Answer(float(shares[self.entailment]), opposite)

    def _sizes(self, questions: Sequence[Question]) -> list[int]:
        """Return the number of tokens of each question: a text that is cut seems to lack what was cut off."""
        if not questions:
            return []
        texts = ([q.premise for q in questions], [q.hypothesis for q in questions])
        return [len(ids) for ids in self.model.tokenizer(*texts, verbose=False)["input_ids"]]

    def _longest(self) -> int:
        places = getattr(self.model.config, "max_position_embeddings", None)
        longest = int(self.model.tokenizer.model_max_length)
        return min(longest, places) if isinstance(places, int) and places > 0 else longest


@cache
def load(name_or_path: str) -> Judge:
    """Return the judge of a folder, a model in the local cache, or one the network can give; loaded once.

    Raise ConsistencyError where it is not to be had, has no head that judges two texts, or does not say which
    of its outputs is which.
    """
    model = pretrained.load("--judge", name_or_path, "CrossEncoder")
    kinds = getattr(model.config, "architectures", None) or ("unknown",)
    if not kinds[0].endswith(_HEAD):
        # The library would give any other model a head of random numbers.
        raise ConsistencyError(f"--judge {name_or_path}: a cross-encoder (…{_HEAD}) expected, {kinds[0]} found")
    labels = {int(index): str(label) for index, label in model.config.id2label.items()}
    model.float().eval()
    return Judge(name_or_path, model, *_outputs(name_or_path, labels))


def _outputs(name: str, labels: dict[int, str]) -> tuple[int, int | None]:
    """Return the outputs that mean entailment and contradiction, by their names."""
    if len(labels) == 1:
        return 0, None
    entailment = [index for index, label in labels.items() if label.casefold().startswith("entail")]
    contradiction = [index for index, label in labels.items() if label.casefold().startswith("contradict")]
    if len(entailment) != 1 or len(contradiction) > 1:
        said = ", ".join(labels[index] for index in sorted(labels))
        raise ConsistencyError(
            f"--judge {name}: one output, or outputs named entailment and contradiction expected, found: {said}"
        )
    return entailment[0], contradiction[0] if contradiction else None
