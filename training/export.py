"""The trained network -> a folder of weights as ``headwater.reading.trained`` opens it: 8 bits, checked, described."""

import hashlib
import json
import logging
import shutil
import tempfile
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from transformers import BertModel

from headwater.reading.trained.spans import FLAT, NAMES, ROLES
from headwater.reading.trained.weights import FORMAT, VERSION
from training.network import Layer, Network
from training.recipe import LIMITS


class Sentences(nn.Module):
    """One text: vectors of its pieces -> what the last layer makes of each. The encoder as its makers left it."""

    def __init__(self, bert: BertModel) -> None:
        super().__init__()
        self.bert = bert
        self.places = places_of(bert)

    def forward(self, vectors: Tensor) -> Tensor:
        return layers_of(self.bert, vectors + self.places[: vectors.shape[1]])


def places_of(bert: BertModel) -> Tensor:
    """What the place in the window adds to a piece's vector: positions beyond the longest window are not kept."""
    parts = bert.embeddings
    return (parts.position_embeddings.weight[: max(LIMITS)] + parts.token_type_embeddings.weight[0]).detach()


def layers_of(bert: BertModel, x: Tensor) -> Tensor:
    """The encoder in steps that the exporter knows; no position is padding."""
    heads = bert.config.num_attention_heads
    x = bert.embeddings.LayerNorm(x)
    size = x.shape[-1]
    each = size // heads
    for layer in bert.encoder.layer:
        own, after = layer.attention.self, layer.attention.output
        q, k, v = (part(x).view(1, -1, heads, each).transpose(1, 2) for part in (own.query, own.key, own.value))
        mixed = ((q @ k.transpose(-1, -2) * each**-0.5).softmax(-1) @ v).transpose(1, 2).reshape(1, -1, size)
        x = after.LayerNorm(x + after.dense(mixed))
        x = layer.output.LayerNorm(x + layer.output.dense(nn.functional.gelu(layer.intermediate.dense(x))))
    return x


class Encoder(nn.Module):
    """One window: vectors of its pieces, shapes, positions of its words -> labels of its words, input of ``Roles``."""

    def __init__(self, net: Network) -> None:
        super().__init__()
        self.net = net
        self.places = places_of(net.bert)

    def forward(self, vectors: Tensor, shapes: Tensor, words: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        net = self.net
        x = layers_of(net.bert, vectors + net.shape(shapes) + self.places[: vectors.shape[1]])
        h = x[:, words[0]]
        return net.flat(h), net.names(h), torch.cat([net.roles.down(h), net.roles.cue(h)], -1)


class Roles(nn.Module):
    """The cues of one window -> labels of its words for each."""

    def __init__(self, net: Network) -> None:
        super().__init__()
        self.roles = net.roles

    def forward(self, inner: Tensor, cues: Tensor, distance: Tensor) -> Tensor:
        roles, half = self.roles, inner.shape[-1] // 2
        share = cues / cues.sum(1, keepdim=True)
        x = inner[..., :half] + (share @ inner[0, :, half:])[:, None]
        x = roles.norm(x + roles.mark(cues.long()) + roles.distance(distance))
        for layer in roles.layers:
            x = layer_of(layer, x)
        out: Tensor = roles.out(x)
        return out


def layer_of(layer: Layer, x: Tensor) -> Tensor:
    """As ``Layer`` does, in steps that the exporter knows; no word is padding here."""
    n, width, size = x.shape
    parts = layer.qkv(x).view(n, width, 3, layer.heads, size // layer.heads)
    q, k, v = (parts[:, :, i].transpose(1, 2) for i in range(3))
    mixed = (q @ k.transpose(-1, -2) * (size // layer.heads) ** -0.5).softmax(-1) @ v
    x = layer.norms[0](x + layer.mix(mixed.transpose(1, 2).reshape(n, width, size)))
    out: Tensor = layer.norms[1](x + layer.down(nn.functional.gelu(layer.up(x))))
    return out


def table_of(vectors: np.ndarray) -> np.ndarray:
    """Vectors in 8 bits, a row each: four bytes of scale (float32, little-endian), then the numbers (int8)."""
    scale = np.abs(vectors).max(1, keepdims=True) / 127
    scale[scale == 0] = 1
    numbers = np.round(vectors / scale).astype(np.int8)
    return np.concatenate([scale.astype("<f4").view(np.uint8), numbers.view(np.uint8)], axis=1)


def write(
    net: Network,
    base: BertModel,
    folder: Path,
    *,
    name: str,
    limit: int,
    vocabulary: Path,
    thresholds: dict[str, float],
) -> None:
    """Write the weights; ``folder`` is replaced as a whole, its ``card.md`` kept. ``base`` gives sentence vectors."""
    with tempfile.TemporaryDirectory(dir=folder.parent) as made:
        part = Path(made) / "weights"
        part.mkdir()
        _graphs(net.eval(), base.eval(), part)
        np.save(part / "words.npy", table_of(net.bert.embeddings.word_embeddings.weight.detach().numpy()))
        shutil.copy(vocabulary, part / "vocabulary.txt")
        manifest(part, name=name, limit=limit, thresholds=thresholds)
        if (folder / "card.md").exists():
            shutil.copy(folder / "card.md", part / "card.md")
        if folder.exists():
            folder.rename(Path(made) / "before")
        part.rename(folder)


def write_sentences(base: BertModel, folder: Path) -> None:
    """Put an encoder of statements in the place of the one that a folder of weights has; not into ``model.json``."""
    _graph(folder, "sentences", Sentences(base), (torch.randn(1, 50, base.config.hidden_size),),
           {"vectors": {1: "pieces"}}, ["states"])  # fmt: skip


def manifest(folder: Path, *, name: str, limit: int, thresholds: dict[str, float]) -> None:
    """Write ``model.json``: labels, thresholds, and the sha256 of every other file."""
    files = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
        if path.name not in {"model.json", "card.md"}
    }
    said = {"format": FORMAT, "version": VERSION, "name": name, "limit": limit, "flat": FLAT, "roles": ROLES}
    text = json.dumps({**said, "names": NAMES, "thresholds": thresholds, "files": files}, indent=1)
    (folder / "model.json").write_text(text + "\n", encoding="utf-8")


def _graphs(net: Network, base: BertModel, folder: Path) -> None:
    logging.getLogger().setLevel(logging.ERROR)  # it recommends a step that changes nothing here
    length, width, cues = 50, 40, 3
    size, inner = net.bert.config.hidden_size, net.roles.down.out_features
    examples: dict[str, tuple[nn.Module, tuple[Tensor, ...], dict[str, dict[int, str]], list[str]]] = {
        "encoder": (
            Encoder(net),
            (torch.randn(1, length, size), torch.zeros(1, length, dtype=torch.long), torch.arange(1, width + 1)[None]),
            {"vectors": {1: "pieces"}, "shapes": {1: "pieces"}, "words": {1: "words"}},
            ["flat", "names", "inner"],
        ),
        "roles": (
            Roles(net),
            (torch.randn(1, width, 2 * inner), torch.eye(width)[:cues], torch.zeros(cues, width, dtype=torch.long)),
            {"inner": {1: "words"}, "cues": {0: "cues", 1: "words"}, "distance": {0: "cues", 1: "words"}},
            ["roles"],
        ),
        "sentences": (Sentences(base), (torch.randn(1, length, size),), {"vectors": {1: "pieces"}}, ["states"]),
    }
    for name, (module, inputs, axes, outputs) in examples.items():
        _graph(folder, name, module, inputs, axes, outputs)


def _graph(
    folder: Path, name: str, module: nn.Module, inputs: tuple[Tensor, ...], axes: dict[str, dict[int, str]],
    outputs: list[str],
) -> None:  # fmt: skip
    """Write one graph in 8 bits."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    whole = folder / f"{name}.whole"
    free = {"encoder": {1: "words"}, "roles": {0: "cues", 1: "words"}, "sentences": {1: "pieces"}}[name]
    named = {**axes, **{o: free for o in outputs if free}}
    torch.onnx.export(
        module.eval(), inputs, str(whole), input_names=list(axes), output_names=outputs, dynamic_axes=named,
        dynamo=False, opset_version=17,
    )  # fmt: skip
    quantize_dynamic(whole, folder / f"{name}.onnx", weight_type=QuantType.QInt8, per_channel=True)
    whole.unlink()
