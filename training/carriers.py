"""Teaches the learned carriers and adds them to a folder of weights: ``python -m training.carriers``.

The network is left as it is: one small layer on top of what it says of each word learns whose words came through whom,
from the lines of ``carrier_lines`` and, for what is in real news no carrier, from articles as the rules read them.
"""

import json
import random
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from headwater.clean import mark
from headwater.model import Article
from headwater.reading.tagger import Tagged
from headwater.reading.trained import TrainedTagger
from headwater.reading.trained.beside import likeness
from headwater.reading.trained.carriers import FAR, FILE, LABELS, Asked, Seen, asked, reach, window_of
from headwater.words import sentences
from training.carrier_lines import Line, Words, lines
from training.network import Layer

ROOT = Path(__file__).resolve().parents[1]
INNER = 96
EPOCHS = 4
RATE = 2e-3
BATCH = 48
DROPOUT = 0.2
SURE = 0.9
ARTICLES = 350  # real articles that are read
PLAIN = 0.6  # share of their attributions without a carrier that is kept
REAL = 1.0  # weight of an attribution of theirs beside one that is marked
KEPT = {"marked": 1.0, "varied": 0.5, "made": 0.6, "real": 1.0}  # share of examples of each kind that is learned from


@dataclass(frozen=True, slots=True)
class Example:
    """One attribution as it is asked for, and the label of each word read; ``form`` and ``kind`` are its line's."""

    rows: np.ndarray
    asked: Asked
    labels: np.ndarray
    form: str
    kind: str


class Listening:
    """Stands in the place of the carriers and keeps what they would be given."""

    def __init__(self) -> None:
        self.given: tuple[Tagged, ...] = ()
        self.seen: tuple[Seen, ...] = ()

    def added(self, text: str, attributions: Sequence[Tagged], seen: Sequence[Seen]) -> Sequence[Tagged]:
        """Keep them and add nothing."""
        self.given, self.seen = tuple(attributions), tuple(seen)
        return attributions


class Head(nn.Module):
    """The words around one attribution -> a score for each label."""

    def __init__(self, size: int, inner: int = INNER, dropout: float = DROPOUT) -> None:
        super().__init__()
        self.first = nn.LayerNorm(size)
        self.down, self.cue, self.source = (nn.Linear(size, inner) for _ in range(3))
        self.kind = nn.Embedding(4, inner)
        self.from_cue, self.from_source = (nn.Embedding(2 * FAR + 1, inner) for _ in range(2))
        self.norm = nn.LayerNorm(inner)
        self.drop = nn.Dropout(dropout)
        self.layer = Layer(inner, 4, dropout)
        self.out = nn.Linear(inner, len(LABELS))

    def forward(self, rows: Tensor, kinds: Tensor, cue: Tensor, source: Tensor, pad: Tensor) -> Tensor:
        """All are examples x words (x size); ``pad`` is True where there is no word."""
        rows = self.drop(self.first(rows))
        x = self.down(rows) + self.kind(kinds) + self.from_cue(cue) + self.from_source(source)
        for kind, part in ((1, self.cue), (2, self.source)):
            of = (kinds == kind).float()
            share = of / of.sum(1, keepdim=True).clamp(min=1)
            x = x + part((share[:, None] @ rows)[:, 0])[:, None]
        out: Tensor = self.out(self.layer(self.drop(self.norm(x)), pad))
        return out


class Exported(nn.Module):
    """One example without padding, as ``Carriers`` asks: shares of the labels."""

    def __init__(self, head: Head) -> None:
        super().__init__()
        self.head = head

    def forward(self, rows: Tensor, kinds: Tensor, cue: Tensor, source: Tensor) -> Tensor:
        from training.export import layer_of

        head = self.head
        rows = head.first(rows[None])
        x = head.down(rows) + (head.kind(kinds) + head.from_cue(cue) + head.from_source(source))[None]
        for kind, part in ((1, head.cue), (2, head.source)):
            of = (kinds == kind).float()[None]
            share = of / of.sum(1, keepdim=True).clamp(min=1)
            x = x + part((share[:, None] @ rows)[:, 0])[:, None]
        out: Tensor = head.out(layer_of(head.layer, head.norm(x)))[0].softmax(-1)
        return out


def examples_of(tagger: TrainedTagger, line: Line) -> Iterator[Example]:
    """What is learned from a line: its marked attributions, and those found, with what they should be."""
    listening = Listening()
    tagger.carriers = listening  # type: ignore[assignment]
    tagger.tag(line.text, sentences(line.text))
    pairs = [(gold, gold) for gold in line.attributions]
    for found in listening.given:
        alike = [(likeness(found.content, gold.content), gold) for gold in line.attributions]
        best = max(alike, key=lambda pair: pair[0], default=None)
        if best is not None and best[0] >= 0.5:
            pairs.append((found, best[1]))
    yield from _examples(pairs, listening.seen, line.form, line.kind)


def _examples(pairs: Iterable[tuple[Tagged, Tagged]], seen: Sequence[Seen], form: str, kind: str) -> Iterator[Example]:
    """For each attribution as it is found, and as it should be."""
    for found, gold in pairs:
        window = window_of(seen, found)
        if window is None:
            continue
        question = asked(window.words, found)
        labels = np.zeros(len(window.words), np.int64)
        for span in gold.cue:
            first, last = reach(window.words, span)
            labels[first:last] = LABELS.index("cue")
        for name, spans in (("source", gold.source), ("via", gold.via)):
            for span in spans:
                first, last = reach(window.words, span)
                labels[first : first + 1] = LABELS.index(f"B-{name}")
                labels[first + 1 : last] = LABELS.index(f"I-{name}")
        part = slice(question.first, question.last)
        yield Example(window.rows[part], question, labels[part], form, kind)


def real(tagger: TrainedTagger, path: Path, rng: random.Random) -> Iterator[Example]:
    """Attributions of real articles as the rules read them: the carriers they are known by, and many without any."""
    rows = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    rng.shuffle(rows)
    for text in rows[:ARTICLES]:
        listening = Listening()
        tagger.carriers = listening  # type: ignore[assignment]
        article = mark(Article(id="a", text=text[:9_000]))
        tagger.tag(article.text, sentences(article.text, [f.span for f in article.furniture]))
        kept = [t for t in listening.given if t.follows is None and (t.via or rng.random() < PLAIN)]
        yield from _examples([(t, t) for t in kept], listening.seen, "real", "real")


def batches(examples: Sequence[Example], rng: np.random.Generator) -> Iterator[tuple[Tensor, ...]]:
    """All examples once, those of like length together; some without their source's or content's marks."""
    sizes = np.array([len(e.labels) for e in examples])
    order = np.argsort(sizes + rng.normal(0, 3, len(sizes)))
    parts = [order[at : at + BATCH] for at in range(0, len(order), BATCH)]
    for number in rng.permutation(len(parts)):
        part = [examples[i] for i in parts[number]]
        width = max(len(e.labels) for e in part)
        rows = np.zeros((len(part), width, part[0].rows.shape[1]), np.float32)
        kinds, cue, source = (np.zeros((len(part), width), np.int64) for _ in range(3))
        labels, pad = np.full((len(part), width), -100), np.ones((len(part), width), bool)
        for i, e in enumerate(part):
            size = len(e.labels)
            rows[i, :size], labels[i, :size], pad[i, :size] = e.rows, e.labels, False
            kinds[i, :size], cue[i, :size], source[i, :size] = e.asked.kinds, e.asked.cue, e.asked.source
        for kind in (2, 3):
            lost = rng.random(len(part)) < 0.1
            kinds[lost] = np.where(kinds[lost] == kind, 0, kinds[lost])
        weight = np.array([REAL if e.kind == "real" else 1.0 for e in part], np.float32)
        yield tuple(map(torch.from_numpy, (rows, kinds, cue, source, pad, labels, weight)))


def learn(examples: Sequence[Example], *, seed: int = 1, epochs: int = EPOCHS, say: Callable[[str], None]) -> Head:
    """Train on all of them."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    head = Head(examples[0].rows.shape[1])
    optimiser = torch.optim.AdamW(head.parameters(), RATE, weight_decay=0.02)
    steps = epochs * -(-len(examples) // BATCH)
    rates = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps, pct_start=0.1)
    for epoch in range(epochs):
        losses = []
        for rows, kinds, cue, source, pad, labels, weight in batches(examples, rng):
            scores = head(rows, kinds, cue, source, pad)
            each = nn.functional.cross_entropy(
                scores.flatten(0, 1), labels.flatten(), ignore_index=-100, reduction="none"
            )
            loss = (each.view(labels.shape).sum(1) * weight).mean()
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(head.parameters(), 1.0)
            optimiser.step()
            rates.step()
            losses.append(float(loss.detach()))
        say(f"carriers: epoch {epoch + 1} of {epochs}, loss {np.mean(losses):.2f}")
    return head.eval()


def write(head: Head, path: Path) -> None:
    """The graph that ``Carriers`` runs."""
    width = 40
    numbers = torch.zeros(width, dtype=torch.long)
    inputs = (torch.randn(width, head.first.normalized_shape[0]), numbers % 4, numbers, numbers)
    torch.onnx.export(
        Exported(head).eval(), inputs, str(path), input_names=["rows", "kinds", "cue", "source"],
        output_names=["shares"], dynamic_axes={n: {0: "words"} for n in ("rows", "kinds", "cue", "source", "shares")},
        dynamo=False, opset_version=17,
    )  # fmt: skip


def gathered(folder: Path, articles: Path, *, seed: int = 1) -> list[Example]:
    """All examples there are to learn from, with what the network of ``folder`` says of their words."""
    tagger = TrainedTagger(folder)
    rng = random.Random(seed)
    words = Words(Path(__file__).with_name("carriers.toml"), seed)
    out = [e for line in lines(words) for e in examples_of(tagger, line) if rng.random() < KEPT[e.kind]]
    return out + list(real(tagger, articles, rng))


def teach(folder: Path, articles: Path, *, say: Callable[[str], None]) -> None:
    """Learn carriers for the network of ``folder`` and put them there."""
    from training.export import manifest

    started = time.monotonic()
    examples = gathered(folder, articles)
    say(f"carriers: {len(examples)} examples, {time.monotonic() - started:.0f} s")
    write(learn(examples, say=say), folder / FILE)
    said: dict[str, Any] = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    thresholds = {**said["thresholds"], "carrier": SURE}
    manifest(folder, name=said["name"], limit=said["limit"], thresholds=thresholds)
    say(f"written: {folder / FILE} ({time.monotonic() - started:.0f} s)")


def main(given: list[str] | None = None) -> int:
    """Teach the carriers of a folder of weights that is there already."""
    parser = ArgumentParser(prog="python -m training.carriers", description="Learn carriers for a folder of weights.")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data", help="folder of the data")
    parser.add_argument("--out", type=Path, default=ROOT / "src/headwater/reading/models/v1", help="the weights")
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args(given)
    articles = arguments.data / "polnear" / "train.jsonl"
    if not articles.exists():
        print(f"training: {articles} is missing; name the folder of the data with --data", file=sys.stderr)
        return 1
    torch.set_num_threads(arguments.threads)
    teach(arguments.out, articles, say=lambda line: print(line, flush=True))
    return 0


if __name__ == "__main__":
    sys.exit(main())
