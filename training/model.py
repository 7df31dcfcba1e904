"""Hold the trained tables, their loss and their optimiser: all sparse, only the rows of a batch move."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch

from training.batches import Ragged


@dataclass(slots=True)
class Table:
    """Hold rows of floats with the state of a row-wise Adam (Kingma and Ba 2015), moved only where touched."""

    rows: torch.Tensor
    first: torch.Tensor = field(init=False)
    second: torch.Tensor = field(init=False)

    def __post_init__(self) -> None:
        self.first, self.second = torch.zeros_like(self.rows), torch.zeros_like(self.rows)

    def step(self, index: torch.Tensor, gradient: torch.Tensor, rate: float, count: int) -> None:
        """Move the rows named by index (each once). count: steps done so far, from 1."""
        first = self.first[index].mul_(0.9).add_(gradient, alpha=0.1)
        second = self.second[index].mul_(0.999).addcmul_(gradient, gradient, value=0.001)
        self.first[index], self.second[index] = first, second
        scale = rate / (1 - 0.9**count)
        root = second.div_(1 - 0.999**count).sqrt_().add_(1e-8)
        self.rows.index_add_(0, index, first.div_(root), alpha=-scale)


class PairLoss(torch.autograd.Function):
    """Score two (n, d) unit matrices by symmetric InfoNCE over the batch (van den Oord et al. 2018).

    Written out because one exponential serves both directions and the softmax: cosines are at most 1, so
    exp((cos - 1) / temperature) needs no running maximum. Products in bfloat16: four times as fast on a
    recent CPU, and an error of 0.002 in a cosine is nothing beside the temperature.
    """

    @staticmethod
    def forward(ctx: Any, a: torch.Tensor, b: torch.Tensor, temperature: float) -> torch.Tensor:
        """Return the loss, and keep its gradient towards the scores."""
        scores = (a.bfloat16() @ b.bfloat16().T).float().sub_(1).div_(temperature)
        aligned = scores.diagonal().clone()
        weights = scores.exp_()
        rows, columns = weights.sum(1), weights.sum(0)
        n = len(a)
        weights.mul_((1 / rows)[:, None] + (1 / columns)[None, :])
        weights.diagonal().sub_(2)
        ctx.save_for_backward(a, b, weights)
        ctx.scale = 1 / (2 * n * temperature)
        return ((rows.log() + columns.log()) / 2 - aligned).mean()

    @staticmethod
    def backward(ctx: Any, *gradients: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, None]:
        """Return the gradients of a and b."""
        a, b, weights = ctx.saved_tensors
        scale = ctx.scale * gradients[0]
        half = weights.bfloat16()
        left, right = half @ b.bfloat16(), half.T @ a.bfloat16()
        return left.float() * scale, right.float() * scale, None


@dataclass(slots=True)
class Model:
    """Compose the vector of a piece: its own row plus the scaled sum of its features' rows.

    offsets, features: training/features.py. The composition is folded into one table at the end.
    """

    own: Table
    shared: Table
    offsets: torch.Tensor
    features: torch.Tensor

    @classmethod
    def fresh(cls, table: tuple[np.ndarray, np.ndarray, int], width: int, seed: int, device: str) -> Model:
        """Return a model of small random rows. table: what feature_table returns."""
        offsets, features, n_features = table
        generator = torch.Generator().manual_seed(seed)
        own = torch.randn(len(offsets) - 1, width, generator=generator) * 0.1
        shared = torch.randn(max(n_features, 1), width, generator=generator) * 0.1
        return cls(
            Table(own.to(device)), Table(shared.to(device)),
            torch.from_numpy(offsets).to(device), torch.from_numpy(features).to(device),
        )  # fmt: skip

    def step(self, a: Ragged, b: Ragged, rate: float, temperature: float, count: int) -> float:
        """Make one step on a batch of pairs; return its loss."""
        device = self.own.rows.device
        ids = torch.from_numpy(np.concatenate([a.ids, b.ids])).long().to(device)
        pieces, places = torch.unique(ids, return_inverse=True)
        own = self.own.rows[pieces].requires_grad_()
        used, spots, starts, scales = self._features_of(pieces)
        shared = self.shared.rows[used].requires_grad_()
        vectors = own + _bags(spots, shared, starts) * scales if len(used) else own
        cut = len(a.ids)
        left = _bags(places[:cut], vectors, torch.from_numpy(a.offsets[:-1]).to(device))
        right = _bags(places[cut:], vectors, torch.from_numpy(b.offsets[:-1]).to(device))
        unit = torch.nn.functional.normalize
        loss: torch.Tensor = PairLoss.apply(unit(left), unit(right), temperature)  # type: ignore[no-untyped-call]
        to_own, to_shared = torch.autograd.grad(loss, (own, shared), allow_unused=True)
        self.own.step(pieces, to_own, rate, count)
        if len(used):
            self.shared.step(used, to_shared, rate, count)
        return float(loss.detach())

    def _features_of(
        self, pieces: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
        """Return features in use, the place of each in that list, starts of the pieces' rows, their scales."""
        lengths = self.offsets[pieces + 1] - self.offsets[pieces]
        starts = lengths.cumsum(0) - lengths
        shift = torch.repeat_interleave(self.offsets[pieces] - starts, lengths)
        flat = self.features[shift + torch.arange(len(shift), device=pieces.device)]
        used, spots = torch.unique(flat, return_inverse=True)
        return used, spots, starts, lengths.clamp(min=1).rsqrt()[:, None]

    def folded(self) -> torch.Tensor:
        """Return the one table (pieces, width) that is shipped."""
        lengths = (self.offsets[1:] - self.offsets[:-1]).clamp(min=1)
        if not len(self.features):
            return self.own.rows.clone()
        sums = _bags(self.features, self.shared.rows, self.offsets[:-1])
        return self.own.rows + sums * lengths.rsqrt()[:, None]


def _bags(ids: torch.Tensor, rows: torch.Tensor, offsets: torch.Tensor) -> torch.Tensor:
    return torch.nn.functional.embedding_bag(ids, rows, offsets, mode="sum")
