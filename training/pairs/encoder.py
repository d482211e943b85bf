"""Teaches the encoder which statements assert the same: ``python -m training.pairs.encoder``.

Two losses over the pairs of one story at a time: vectors of statements that one claim holds come close and others go
apart (supervised contrast, Khosla et al., NeurIPS 2020, beside a plain loss for one threshold over all stories); and a
small network that reads the word pieces of both together (``Together``, after Parikh et al., EMNLP 2016) tells them.
"""

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from transformers import BertModel, logging

from headwater.align.claims.meaning import MOST_PIECES
from headwater.align.claims.together import INNER, SIZE
from headwater.reading.trained import MODELS
from headwater.reading.trained.vectors import FILE, LONGEST, TOGETHER
from headwater.reading.trained.windows import Cutter
from training.manifest import sign
from training.pairs.draw import every_story
from training.pairs.round_ups import ROUND_UPS, Read, Story, marked
from training.recipe import packaged

ROOT = Path(__file__).resolve().parents[2]
EPOCHS, RATE, HEAD_RATE, SEED = 3, 4e-5, 1e-3, 1
MOST = 140  # statements of a story that one step reads
MOST_RIGHT = 120  # pairs of one claim that one step compares, with twice as many hard ones and as many at random
WARMTH = 0.07  # of the contrast
DROPOUT = 0.1
BATCH = 32  # windows at once


class Together(nn.Module):
    """Word pieces of two statements -> whether one's content is held by the other, and the same; from either side."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.piece = nn.Linear(width, SIZE)
        self.weight = nn.Linear(width, 1)
        self.sharp = nn.Parameter(torch.tensor(10.0))
        self.compare = nn.Sequential(nn.Linear(4 * SIZE, INNER), nn.ReLU(), nn.Dropout(DROPOUT))
        self.out = nn.Sequential(nn.Linear(4 * INNER + 1, INNER), nn.ReLU(), nn.Dropout(DROPOUT), nn.Linear(INNER, 2))

    def forward(
        self, states: Tensor, there: Tensor, left: Tensor, right: Tensor, near: Tensor
    ) -> tuple[Tensor, Tensor]:
        made = self.piece(states) * there[:, :, None]
        long = nn.functional.normalize(self.piece(states), dim=2) * there[:, :, None]
        weights = self.weight(states)[:, :, 0].masked_fill(there == 0, -1e4)
        match = self.sharp * (long[left] @ long[right].transpose(1, 2))
        one = self._side(match, made, there, weights, left, right)
        other = self._side(match.transpose(1, 2), made, there, weights, right, left)
        near = near[:, None]
        return self.out(torch.cat([one, other, near], 1)), self.out(torch.cat([other, one, near], 1))

    def _side(self, match: Tensor, made: Tensor, there: Tensor, weights: Tensor, own: Tensor, other: Tensor) -> Tensor:
        """What the pieces of one make of those of the other that they match."""
        shares = match.masked_fill(there[other][:, None, :] == 0, -1e4).softmax(2)
        mine, theirs = made[own], shares @ made[other]
        seen = self.compare(torch.cat([mine, theirs, (mine - theirs).abs(), mine * theirs], 2))
        mean = (seen * weights[own].softmax(1)[:, :, None]).sum(1)
        return torch.cat([mean, seen.masked_fill(there[own][:, :, None] == 0, -1e4).amax(1)], 1)


def states_of(bert: BertModel, statements: Sequence[Read]) -> tuple[Tensor, Tensor]:
    """What the last layer makes of each statement's own word pieces, and where there are any."""
    order = np.argsort([len(s.pieces) for s in statements], kind="stable")
    states, there = [], []
    for at in range(0, len(order), BATCH):
        some = [statements[n] for n in order[at : at + BATCH]]
        longest = max(len(s.pieces) for s in some)
        pieces, mask = torch.zeros(len(some), longest, dtype=torch.long), torch.zeros(len(some), longest)
        own, own_mask = torch.zeros(len(some), MOST_PIECES, dtype=torch.long), torch.zeros(len(some), MOST_PIECES)
        for row, s in enumerate(some):
            pieces[row, : len(s.pieces)] = torch.from_numpy(s.pieces)
            mask[row, : len(s.pieces)] = 1
            own[row, : len(s.own)] = torch.tensor(s.own)
            own_mask[row, : len(s.own)] = 1
        with torch.autocast("cpu", torch.bfloat16):
            made = bert(pieces, attention_mask=mask).last_hidden_state
        states.append(made.float().gather(1, own[:, :, None].expand(-1, -1, made.shape[2])) * own_mask[:, :, None])
        there.append(own_mask)
    back = torch.from_numpy(np.argsort(order))
    return torch.cat(states)[back], torch.cat(there)[back]


def near_of(states: Tensor, there: Tensor) -> Tensor:
    """Cosines of the statements' vectors, centred on the story."""
    vectors = nn.functional.normalize(states.sum(1) / there.sum(1, keepdim=True), dim=1)
    vectors = nn.functional.normalize(vectors - vectors.mean(0), dim=1)
    return vectors @ vectors.T


def compared(story: Story, near: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Pairs to compare: of one claim, the most alike of the others, and some at random."""
    above = np.triu(story.apart, 1)
    right, wrong = np.argwhere(story.together & above), np.argwhere(~story.together & above)
    rng.shuffle(right)
    right = right[:MOST_RIGHT]
    like = near[wrong[:, 0], wrong[:, 1]] + rng.normal(0, 0.05, len(wrong))
    number = max(60, 2 * len(right))
    hard = wrong[np.argsort(-like)[:number]]
    return np.concatenate([right, hard, wrong[rng.integers(0, len(wrong), number // 2)]])


def losses(
    bert: BertModel, head: Together, scale: Tensor, middle: Tensor, story: Story, rng: np.random.Generator
) -> tuple[Tensor, Tensor, Tensor] | None:
    """The plain loss, the contrast, and the loss of reading both together; None where a story has nothing to learn."""
    apart, together = torch.from_numpy(story.apart), torch.from_numpy(story.together).float()
    above = torch.from_numpy(np.triu(story.apart, 1))
    right = together[above]
    if right.sum() < 2 or len(right) < 50:
        return None
    states, there = states_of(bert, story.statements)
    near = near_of(states, there)
    score = scale * (near[above] - middle)
    number = right.sum()
    hard = torch.sigmoid(score.detach())
    weights = torch.where(right > 0, 0.5 / number, 0.5 / (len(right) - number) * (0.2 + 4 * hard)) * len(right)
    plain = (nn.functional.binary_cross_entropy_with_logits(score, right, reduction="none") * weights).mean()
    logs = (near / WARMTH).masked_fill(~apart, -1e4).log_softmax(1)
    held = together * apart
    any_ = held.sum(1) > 0
    contrast = -((logs * held).sum(1)[any_] / held.sum(1)[any_]).mean()
    pairs = compared(story, near.detach().numpy(), rng)
    left, other = torch.from_numpy(pairs[:, 0]), torch.from_numpy(pairs[:, 1])
    said = head(states, there, left, other, near[left, other].detach())
    rows = (pairs[:, 0], pairs[:, 1])
    wanted = torch.from_numpy(np.stack([story.together[rows], story.narrow[rows]], 1).astype(np.float32))
    both = sum((nn.functional.binary_cross_entropy_with_logits(s, wanted) for s in said), torch.tensor(0.0))
    return plain, contrast, both / 2


def learn(
    bert: BertModel, stories: Sequence[Story], *, epochs: int = EPOCHS, seed: int = SEED, say: Callable[[str], None],
    checkpoint: Path | None = None,
) -> Together:  # fmt: skip
    """Train the encoder, its table of word pieces aside, and the network that reads two statements together."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    head = Together(bert.config.hidden_size)
    bert.embeddings.requires_grad_(False)
    scale, middle = nn.Parameter(torch.tensor(8.0)), nn.Parameter(torch.tensor(0.5))
    groups = [
        {"params": [p for p in bert.parameters() if p.requires_grad], "lr": RATE},
        {"params": list(head.parameters()), "lr": HEAD_RATE},
        {"params": [scale, middle], "lr": 1e-2},
    ]
    every = [p for g in groups for p in g["params"]]  # type: ignore[attr-defined]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    rates = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, [RATE, HEAD_RATE, 1e-2], total_steps=epochs * len(stories) + 1, pct_start=0.1
    )
    started, first = time.monotonic(), 0
    if checkpoint and checkpoint.exists():
        kept = torch.load(checkpoint)
        for thing, state in zip((bert, head, optimizer, rates), kept["states"], strict=True):
            thing.load_state_dict(state)
        scale.data, middle.data, first = kept["scale"], kept["middle"], kept["epoch"]
        rng.bit_generator.state = kept["rng"]
    for epoch in range(first, epochs):
        bert.train()
        head.train()
        seen = []
        for number in rng.permutation(len(stories)):
            story = stories[number]
            if len(story.statements) > MOST:
                story = story.part(np.sort(rng.choice(len(story.statements), MOST, replace=False)))
            made = losses(bert, head, scale, middle, story, rng)
            if made is None:
                continue
            plain, contrast, both = made
            optimizer.zero_grad()
            (plain + 0.3 * contrast + 2 * both).backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(every, 1.0)
            optimizer.step()
            rates.step()
            seen.append([float(v.detach()) for v in made])
        shown = ", ".join(f"{v:.3f}" for v in np.mean(seen, 0))
        say(f"statements: epoch {epoch + 1} of {epochs}, losses {shown}; {time.monotonic() - started:.0f} s")
        if checkpoint:
            checkpoint.parent.mkdir(parents=True, exist_ok=True)
            states = [t.state_dict() for t in (bert, head, optimizer, rates)]
            kept = {"states": states, "scale": scale.data, "middle": middle.data, "epoch": epoch + 1}
            torch.save({**kept, "rng": rng.bit_generator.state}, checkpoint)
    bert.eval()
    return head.eval()


def weights_of(head: Together) -> dict[str, np.ndarray]:
    """The weights as ``headwater.align.claims.together`` takes them."""
    compare, first, last = head.compare[0], head.out[0], head.out[3]
    named = {
        "piece_w": head.piece.weight.T, "piece_b": head.piece.bias, "weight_w": head.weight.weight[0],
        "weight_b": head.weight.bias, "sharp": head.sharp, "compare_w": compare.weight.T, "compare_b": compare.bias,
        "first_w": first.weight.T, "first_b": first.bias, "last_w": last.weight.T, "last_b": last.bias,
    }  # fmt: skip
    return {name: np.asarray(value.detach().numpy(), np.float32) for name, value in named.items()}


def teach(folder: Path, base: Path, *, work: Path, epochs: int = EPOCHS, say: Callable[[str], None]) -> None:
    """Teach the encoder of a folder of weights.

    Args:
        folder: weights of a reader; it gets the encoder, what reads two together, and their sha256.
        base: the encoder as its makers left it, with its vocabulary.
        work: where checkpoints are kept; a run that was stopped goes on from the last.
        epochs: how often each story is seen.
        say: is told how far it is.
    """
    from tokenizers import BertWordPieceTokenizer

    from training.export import write_sentences

    tokenizer = BertWordPieceTokenizer(str(base / "vocab.txt"), lowercase=True)._tokenizer
    texts = {(name, str(row["id"])): row["text"] for name, rows in every_story() for row in rows}
    stories = list(marked(ROUND_UPS, texts, Cutter(tokenizer, LONGEST)))
    say(f"{len(stories)} stories to learn from")
    torch.manual_seed(SEED)
    bert = BertModel.from_pretrained(base, add_pooling_layer=False, local_files_only=True)
    head = learn(bert, stories, epochs=epochs, say=say, checkpoint=work / "state.pt")
    write_sentences(bert, folder)
    np.savez(folder / TOGETHER, **weights_of(head))  # type: ignore[arg-type]
    sign(folder, FILE, TOGETHER)


def main() -> int:
    """Teach the encoder of a folder of weights that is there already."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=MODELS / "v1", help="weights that get the encoder")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "statements", help="where checkpoints are kept")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--threads", type=int, default=2)
    asked = parser.parse_args()
    logging.set_verbosity_error()
    torch.set_num_threads(asked.threads)
    teach(
        asked.out, packaged(), work=asked.work, epochs=asked.epochs,
        say=lambda line: print(line, flush=True),
    )  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
