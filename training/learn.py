"""The training run: batches in an order fixed by the seed, a checkpoint now and then, an average of the weights.

A run that was stopped goes on from its last checkpoint and ends with the same weights as one that was not: the order
of windows depends on seed and epoch alone, what is dropped on seed and step alone.
"""

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from headwater.reading.trained.windows import Cutter
from training.data import Article, Example, of_article
from training.network import Batch, Network, collate, loss_of, pooled_dropout
from training.recipe import LIMITS, Recipe

_STRAIGHT = str.maketrans("“”‘’", "\"\"''")


def epoch(
    number: int, recipe: Recipe, articles: Sequence[Article], named: Sequence[Example], cutter: Callable[[int], Cutter]
) -> list[list[Example]]:
    """The batches of one epoch, in order."""
    rng = np.random.default_rng([recipe.seed, number])
    examples = list(named)
    for article in articles:
        limit = LIMITS[rng.integers(len(LIMITS))]
        text = article.text.translate(_STRAIGHT) if rng.random() < recipe.straight else article.text
        examples.extend(of_article(text, article.attributions, cutter(limit)))
    order = rng.permutation(len(examples))
    batches: list[list[Example]] = []
    for at in range(0, len(order), 400):  # windows of like length together, so that little is padded
        part = sorted((examples[i] for i in order[at : at + 400]), key=lambda e: len(e.window.pieces))
        batch: list[Example] = []
        for example in part:
            if batch and (len(batch) + 1) * len(example.window.pieces) > recipe.pieces:
                batches.append(batch)
                batch = []
            batch.append(example)
        batches.append(batch)
    return [batches[i] for i in rng.permutation(len(batches))]


def learn(
    net: Network,
    recipe: Recipe,
    articles: Sequence[Article],
    named: Sequence[Example],
    cutter: Callable[[int], Cutter],
    *,
    checkpoint: Path,
    say: Callable[[str], None],
    after_epoch: Callable[[Network, int], None] | None = None,
) -> float:
    """Train ``net``, leave the average of its weights in it, and say how many seconds that took, stops left out.

    Args:
        net: the network, as the encoder's makers left it.
        recipe: rates and sizes.
        articles: gold attributions.
        named: windows of gold names.
        cutter: gives the cutter for a window size.
        checkpoint: where the state is kept; a run with the same recipe goes on from it.
        say: told of progress, a line at a time.
        after_epoch: called with the averaged network after each epoch.
    """
    pooled_dropout(net, recipe.dropout, seed=recipe.seed)
    learnt = {name: p for name, p in net.named_parameters() if p.requires_grad}
    groups = [
        {"params": [p for n, p in learnt.items() if n.startswith("bert")], "lr": recipe.encoder_rate},
        {"params": [p for n, p in learnt.items() if not n.startswith("bert")], "lr": recipe.head_rate},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=recipe.decay, fused=True)
    rates = [g["lr"] for g in groups]
    average = {name: p.detach().clone() for name, p in learnt.items()}
    step = begun = skip = 0
    spent, started = 0.0, time.monotonic()
    saved = _saved(checkpoint, recipe)
    if saved:
        net.load_state_dict(saved["net"], strict=False)
        optimiser.load_state_dict(saved["optimiser"])
        average, step, begun, skip = saved["average"], saved["step"], saved["epoch"], saved["done"]
        spent = saved.get("seconds", 0.0)
        say(f"going on from step {step}")
    weights = {"flat": recipe.flat, "roles": recipe.roles, "names": recipe.names}
    clock, seen = time.monotonic(), 0
    sums: dict[str, list[float]] = {}
    for number in range(begun, int(np.ceil(recipe.epochs))):
        batches = epoch(number, recipe, articles, named, cutter)
        last = min(len(batches), round((recipe.epochs - number) * len(batches)))
        net.train()
        for done in range(skip, last):
            torch.manual_seed(recipe.seed * 1_000_003 + step)
            rng = np.random.default_rng([recipe.seed, number, done])
            batch = collate(batches[done], rng)
            share = (number + done / len(batches)) / recipe.epochs
            slow = min(1.0, (step + 1) / recipe.warm_up) * max(0.01, 1 - share)
            for group, rate in zip(optimiser.param_groups, rates, strict=True):
                group["lr"] = rate * slow
            parts = _step(net, batch, optimiser, weights, recipe)
            step += 1
            keep = min(recipe.average, step / (step + 10))
            with torch.no_grad():
                for name, p in learnt.items():
                    average[name].lerp_(p.detach(), 1 - keep)
            seen += int(batch.mask.sum())
            for name, value in parts.items():
                sums.setdefault(name, []).append(value)
            if step % 100 == 0:
                losses = ", ".join(f"{name} {np.mean(values):.4f}" for name, values in sorted(sums.items()))
                pace = seen / (time.monotonic() - clock)
                left = (recipe.epochs - number - done / len(batches)) * len(batches) / 100
                minutes = left * (time.monotonic() - clock) / 60 * (100 / max(1, len(sums["flat"])))
                at = number + (done + 1) / len(batches)
                say(
                    f"epoch {at:.2f} of {recipe.epochs:g}: {losses}; {pace:,.0f} pieces/s, about {minutes:.0f} min left"
                )
                clock, seen, sums = time.monotonic(), 0, {}
            if step % 500 == 0 or done + 1 == last:
                whole = done + 1 == last
                at = {"epoch": number + whole, "done": 0 if whole else done + 1}
                taken = spent + time.monotonic() - started
                _save(checkpoint, recipe, net, optimiser, average, {**at, "step": step, "seconds": taken})
        skip = 0
        if after_epoch is not None:
            with averaged(net, average):
                after_epoch(net, number + 1)
    net.load_state_dict(average, strict=False)
    net.eval()
    return spent + time.monotonic() - started


def _step(
    net: Network, batch: Batch, optimiser: torch.optim.Optimizer, weights: dict[str, float], recipe: Recipe
) -> dict[str, float]:
    with torch.autocast("cpu", torch.bfloat16):
        loss, parts = loss_of(net, batch, weights, recipe.wrong_cues)
    loss.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_([p for g in optimiser.param_groups for p in g["params"]], 1.0)
    optimiser.step()
    optimiser.zero_grad()
    return parts


class averaged:
    """Within the block, ``net`` has the averaged weights and is not training."""

    def __init__(self, net: Network, average: dict[str, Tensor]) -> None:
        self.net, self.average = net, average

    def __enter__(self) -> None:
        self.own = {name: p.detach().clone() for name, p in self.net.named_parameters() if name in self.average}
        self.net.load_state_dict(self.average, strict=False)
        self.net.eval()

    def __exit__(self, *_: object) -> None:
        self.net.load_state_dict(self.own, strict=False)
        self.net.train()


def _save(path: Path, recipe: Recipe, net: Network, optimiser: Any, average: Any, at: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    state = {"recipe": asdict(recipe), "net": net.state_dict(), "optimiser": optimiser.state_dict(), "average": average}
    part = path.with_suffix(".part")
    torch.save({**state, **at}, part)
    os.replace(part, path)


def _saved(path: Path, recipe: Recipe) -> dict[str, Any] | None:
    if not path.exists():
        return None
    state: dict[str, Any] = torch.load(path, weights_only=True)
    return state if state["recipe"] == asdict(recipe) else None
