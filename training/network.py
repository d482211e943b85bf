"""The network: one encoder, labels for every word, and for every cue the words of its source and its content.

The second step reads the window again for each cue with the cue marked, as semantic role labellers do (Shi and Lin,
2019), but in one small layer of its own instead of the whole encoder, so that it costs little.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from transformers import BertModel

from headwater.reading.trained.spans import FLAT, NAMES, ROLES
from headwater.reading.trained.weights import FAR
from headwater.reading.trained.windows import SHAPES
from training.data import IGNORE, Example


@dataclass(slots=True)
class Batch:
    """Windows padded to one length. ``words`` are positions of first pieces, padded with 0."""

    pieces: Tensor  # windows x positions
    shapes: Tensor
    mask: Tensor
    words: Tensor  # windows x words
    word_mask: Tensor
    flat: Tensor
    names: Tensor
    cue_window: Tensor  # cues
    cue_words: Tensor  # cues x words, 1 on the cue's words
    roles: Tensor  # cues x words


def even(size: int, step: int = 32) -> int:
    """The size rounded up: a kernel is made anew for every new shape, which costs more than some padding."""
    return -(-size // step) * step


def collate(examples: Sequence[Example], rng: np.random.Generator | None = None, drop: float = 0.3) -> Batch:
    """One batch; with ``rng``, some cues are marked by only one of their words."""
    n, length = len(examples), even(max(len(e.window.pieces) for e in examples))
    width = even(max(len(e.window.words) for e in examples))
    pieces, shapes = np.zeros((n, length), np.int64), np.zeros((n, length), np.int64)
    mask, words, word_mask = np.zeros((n, length), np.int64), np.zeros((n, width), np.int64), np.zeros((n, width), bool)
    flat, names = np.full((n, width), IGNORE), np.full((n, width), IGNORE)
    cue_window, cue_words, roles = [], [], []
    for i, e in enumerate(examples):
        size, count = len(e.window.pieces), len(e.window.words)
        pieces[i, :size], shapes[i, :size], mask[i, :size] = e.window.pieces, e.window.shapes, 1
        words[i, :count], word_mask[i, :count] = e.window.starts, True
        if e.flat is not None:
            flat[i, :count] = e.flat
        if e.names is not None:
            names[i, :count] = e.names
        for cue in e.cues:
            row, marked = np.zeros(width, np.int64), np.zeros(width, np.float32)
            for role, spans in (("source", cue.source), ("content", cue.content)):
                b = ROLES.index(f"B-{role}")
                for s, t in spans:
                    row[s] = b
                    row[s + 1 : t] = b + 1
            row[count:] = IGNORE
            kept = cue.cue
            if rng is not None and len(kept) > 1 and rng.random() < drop:
                kept = (kept[rng.integers(len(kept))],)
            marked[list(kept)] = 1
            cue_window.append(i)
            cue_words.append(marked)
            roles.append(row)
    return Batch(
        *map(torch.from_numpy, (pieces, shapes, mask, words, word_mask, flat, names)),
        torch.tensor(cue_window, dtype=torch.long),
        torch.from_numpy(np.array(cue_words, np.float32).reshape(-1, width)),
        torch.from_numpy(np.array(roles, np.int64).reshape(-1, width)),
    )


class PoolDropout(nn.Module):
    """Dropout whose masks are cut from a pool at a random place: drawing them anew takes a third of a step on a CPU."""

    def __init__(self, share: float, pool: Tensor) -> None:
        super().__init__()
        self.share = self.p = share  # BERT asks its dropout for p
        self._pool = [pool]  # in a list: it is no part of the state

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or not self.share:
            return x
        pool = self._pool[0]
        at = int(torch.randint(len(pool) - x.numel(), (1,)))
        return x * pool[at : at + x.numel()].view_as(x).to(x.dtype)


def pooled_dropout(net: nn.Module, share: float, *, size: int = 1 << 24, seed: int = 0) -> None:
    """Put ``PoolDropout`` in place of every ``nn.Dropout`` of ``net`` that drops."""
    pool = (torch.rand(size, generator=torch.Generator().manual_seed(seed)) >= share).to(torch.bfloat16) / (1 - share)
    for module in net.modules():
        for name, child in module.named_children():
            if isinstance(child, nn.Dropout) and child.p:
                setattr(module, name, PoolDropout(share, pool))


class Layer(nn.Module):
    """One transformer layer, normalised after each half as BERT's are."""

    def __init__(self, size: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(size, 3 * size)
        self.mix = nn.Linear(size, size)
        self.up = nn.Linear(size, 3 * size)
        self.down = nn.Linear(3 * size, size)
        self.norms = nn.ModuleList((nn.LayerNorm(size), nn.LayerNorm(size)))
        self.drop = nn.Dropout(dropout)

    def forward(self, x: Tensor, pad: Tensor) -> Tensor:
        """``pad`` is True where there is no word."""
        n, width, size = x.shape
        q, k, v = self.qkv(x).view(n, width, 3, self.heads, size // self.heads).permute(2, 0, 3, 1, 4)
        scores = q @ k.transpose(-1, -2) * (size // self.heads) ** -0.5
        scores = scores.masked_fill(pad[:, None, None], -1e4)
        mixed = (scores.softmax(-1) @ v).transpose(1, 2).reshape(n, width, size)
        x = self.norms[0](x + self.drop(self.mix(mixed)))
        return self.norms[1](x + self.drop(self.down(nn.functional.gelu(self.up(x)))))


class RoleReader(nn.Module):
    """For each cue: labels of the words of its window."""

    def __init__(self, size: int, inner: int = 192, heads: int = 4, layers: int = 1, dropout: float = 0.1) -> None:
        super().__init__()
        self.down = nn.Linear(size, inner)
        self.cue = nn.Linear(size, inner)
        self.mark = nn.Embedding(2, inner)
        self.distance = nn.Embedding(2 * FAR + 1, inner)
        self.norm = nn.LayerNorm(inner)
        self.layers = nn.ModuleList(Layer(inner, heads, dropout) for _ in range(layers))
        self.out = nn.Linear(inner, len(ROLES))

    def forward(self, hidden: Tensor, cue_words: Tensor, distance: Tensor, pad: Tensor) -> Tensor:
        """``hidden``: cues x words x size, of each cue's window; ``distance``: 0..2 FAR; ``pad``: where no word is."""
        share = cue_words / cue_words.sum(1, keepdim=True).clamp(min=1)
        cue = self.cue(torch.einsum("cw,cws->cs", share, hidden))
        x = self.down(hidden) + cue[:, None] + self.mark(cue_words.long()) + self.distance(distance)
        x = self.norm(x)
        for layer in self.layers:
            x = layer(x, pad)
        return self.out(x)


def distances(cue_words: Tensor) -> Tensor:
    """Signed distance of each word from the cue's first word, clipped, from 0."""
    width = cue_words.shape[1]
    first = cue_words.argmax(1)
    return (torch.arange(width, device=cue_words.device)[None] - first[:, None]).clamp(-FAR, FAR) + FAR


class Network(nn.Module):
    """Encoder and heads."""

    def __init__(self, bert: BertModel, dropout: float = 0.1, layers: int = 1, inner: int = 192) -> None:
        super().__init__()
        self.bert = bert
        size = bert.config.hidden_size
        bert.embeddings.word_embeddings.weight.requires_grad = False
        self.shape = nn.Embedding(SHAPES, size)
        nn.init.zeros_(self.shape.weight)
        self.drop = nn.Dropout(dropout)
        self.flat = nn.Linear(size, len(FLAT))
        self.names = nn.Linear(size, len(NAMES))
        self.roles = RoleReader(size, inner=inner, layers=layers, dropout=dropout)

    def encode(self, batch: Batch) -> Tensor:
        """Hidden states of the words: windows x words x size."""
        x = self.bert.embeddings.word_embeddings(batch.pieces) + self.shape(batch.shapes)
        h = self.bert(inputs_embeds=x, attention_mask=batch.mask).last_hidden_state
        return self.drop(h.gather(1, batch.words[..., None].expand(-1, -1, h.shape[-1])))

    def roles_of(self, hidden: Tensor, cue_window: Tensor, cue_words: Tensor, word_mask: Tensor) -> Tensor:
        return self.roles(hidden[cue_window], cue_words, distances(cue_words), ~word_mask[cue_window])


def loss_of(
    net: Network, batch: Batch, weights: dict[str, float], negatives: int = 2
) -> tuple[Tensor, dict[str, float]]:
    """The training loss; cues that the network wrongly believes in are shown to it as cues of nothing."""
    hidden = net.encode(batch)
    flat, names = net.flat(hidden).float(), net.names(hidden).float()
    ce = nn.functional.cross_entropy
    parts = {}
    if (batch.flat != IGNORE).any():
        parts["flat"] = ce(flat.flatten(0, 1), batch.flat.flatten(), ignore_index=IGNORE)
    if (batch.names != IGNORE).any():
        parts["names"] = ce(names.flatten(0, 1), batch.names.flatten(), ignore_index=IGNORE)
    if len(batch.cue_window):
        window, words, roles = batch.cue_window, batch.cue_words, batch.roles
        if negatives:
            with torch.no_grad():
                p = flat.softmax(-1)[..., FLAT.index("B-cue")]
                gold = (
                    (batch.flat == FLAT.index("B-cue")) | (batch.flat == FLAT.index("I-cue")) | (batch.flat == IGNORE)
                )
                p = p.masked_fill(gold, 0)
                top = p.topk(min(negatives, p.shape[1]), dim=1)
                rows, cols = (top.values > 0.05).nonzero(as_tuple=True)
                at = top.indices[rows, cols]
                extra = torch.zeros((len(rows), words.shape[1]))
                extra[torch.arange(len(rows)), at] = 1
                nothing = torch.zeros((len(rows), words.shape[1]), dtype=torch.long)
                nothing[~batch.word_mask[rows]] = IGNORE
            window, words, roles = torch.cat([window, rows]), torch.cat([words, extra]), torch.cat([roles, nothing])
        more = even(len(window), 16) - len(window)
        window = nn.functional.pad(window, (0, more))
        words, roles = (
            nn.functional.pad(words, (0, 0, 0, more)),
            nn.functional.pad(roles, (0, 0, 0, more), value=IGNORE),
        )
        out = net.roles_of(hidden, window, words, batch.word_mask).float()
        # a mean over cues of a sum over words: a short source counts as a word does in the flat labels
        parts["roles"] = ce(out.flatten(0, 1), roles.flatten(), ignore_index=IGNORE)
    total = sum((weights[k] * v for k, v in parts.items()), torch.zeros(()))
    return total, {k: float(v.detach()) for k, v in parts.items()}
