"""Makes the reader's weights: ``python -m training``; the carriers alone: ``python -m training.carriers``.

Needs the extra ``train``; no network, no GPU.
"""

import argparse
import functools
import hashlib
import sys
import time
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
NAMES = {"wikigold.conll": 2, "wnut17-train.conll": 1, "btc.conll": 0.25, "uner-ewt-dev.iob2": 3}
HALVED = {"uner-ewt-dev.iob2"}  # every other document is kept for measuring
GRID = (0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7)
NEAR = 0.002  # of F1: the highest threshold that comes so near to the best is taken, for precision


def _arguments(given: list[str] | None) -> argparse.Namespace:
    from training.recipe import Recipe

    parser = argparse.ArgumentParser(
        prog="python -m training",
        description="Train the reader and write its weights. A run that was stopped goes on where it was.",
        epilog="Data: DATA/polnear/train.jsonl and dev.jsonl (gold attributions), DATA/ner/*.conll (gold names). "
        "Example: python -m training --data ../shared/data --out my-reader",
    )
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data", help="folder of the data")
    parser.add_argument(
        "--out", type=Path, default=ROOT / "src/headwater/reading/models/v1", help="folder of the weights"
    )
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "training", help="where checkpoints are kept")
    parser.add_argument(
        "--encoder", type=Path, help="folder of a BERT of one's own (its vocabulary: vocab.txt, uncased)"
    )
    parser.add_argument("--name", default="v1", help="what the weights call themselves")
    parser.add_argument("--threads", type=int, default=2)
    for field in fields(Recipe):
        parser.add_argument(f"--{field.name.replace('_', '-')}", type=type(field.default), default=field.default,
                            help=argparse.SUPPRESS)  # fmt: skip
    return parser.parse_args(given)


def main(given: list[str] | None = None) -> int:
    """Train, write, choose the thresholds, describe."""
    arguments = _arguments(given)
    wanted = [arguments.data / "polnear" / name for name in ("train.jsonl", "dev.jsonl")]
    wanted += [arguments.data / "ner" / name for name in NAMES]
    missing = [path for path in wanted if not path.exists()]
    if missing:
        print(f"training: {missing[0]} is missing; name the folder of the data with --data", file=sys.stderr)
        return 1
    try:
        import torch
        from transformers import BertModel, logging
    except ImportError as error:
        print(f"training: {error.name} is missing; pip install -e '.[train]'", file=sys.stderr)
        return 1
    from tokenizers import BertWordPieceTokenizer

    from headwater.reading.trained.windows import Cutter
    from training import carriers, data, export
    from training.learn import learn
    from training.network import Network
    from training.pairs import draw
    from training.pairs import encoder as learn_encoder
    from training.pairs import learn as learn_pairs
    from training.recipe import Recipe, packaged

    def say(line: str) -> None:
        print(line, flush=True)

    logging.set_verbosity_error()
    torch.set_num_threads(arguments.threads)
    recipe = Recipe(**{field.name: getattr(arguments, field.name) for field in fields(Recipe)})
    encoder = arguments.encoder or packaged()
    vocabulary = encoder / "vocab.txt"
    tokenizer = BertWordPieceTokenizer(str(vocabulary), lowercase=True)._tokenizer
    cutter = functools.cache(lambda limit: Cutter(tokenizer, limit))
    articles = list(data.articles(arguments.data / "polnear" / "train.jsonl"))
    named: list[data.Example] = []
    for name, times in NAMES.items():
        half = 0 if name in HALVED else None
        found = list(data.names(arguments.data / "ner" / name, cutter(192), half=half))
        named += found * int(times) if times >= 1 else found[:: round(1 / times)]
    say(f"{len(articles)} articles with gold attributions, {len(named)} windows of gold names")
    torch.manual_seed(recipe.seed)
    bert = BertModel.from_pretrained(
        encoder, add_pooling_layer=False, attn_implementation="eager", local_files_only=True,
        attention_probs_dropout_prob=0.0, hidden_dropout_prob=recipe.dropout,
    )  # fmt: skip
    base = BertModel.from_pretrained(encoder, add_pooling_layer=False, local_files_only=True)
    net = Network(bert, recipe.dropout, recipe.layers, recipe.inner)
    seconds = learn(net, recipe, articles, named, cutter, checkpoint=arguments.work / "state.pt", say=say)
    learnt = time.monotonic()
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    put = functools.partial(
        export.write, net, base, arguments.out, name=arguments.name, limit=recipe.limit, vocabulary=vocabulary
    )
    thresholds = {"cue": 0.1, "attribution": min(GRID), "name": 0.5}
    put(thresholds=thresholds)
    best, scores = _best_threshold(arguments.out, arguments.data / "polnear" / "dev.jsonl")
    put(thresholds={**thresholds, "attribution": best})
    minutes = round((seconds + time.monotonic() - learnt) / 60)
    (arguments.out / "card.md").write_text(_card(arguments, recipe, wanted, scores, best, minutes), encoding="utf-8")
    carriers.teach(arguments.out, wanted[0], say=say)
    if draw.SHARED.is_dir():
        say("learning which statements assert the same")
        learn_encoder.teach(arguments.out, encoder, work=arguments.work / "statements", say=say)
        learn_pairs.teach(arguments.out)
    else:
        say(f"no stories at {draw.SHARED}: without a pair model, claims are matched by words alone")
    say(f"written: {arguments.out} (pair F1 on development articles {100 * scores[best]:.1f})")
    return 0


def _best_threshold(folder: Path, gold: Path) -> tuple[float, dict[float, float]]:
    """The threshold to use, and pair F1 on development articles for each of the grid."""
    import json

    from benchmarks.attributions import Score, pairs

    from headwater.clean import mark
    from headwater.model import Article, Span
    from headwater.reading.trained import TrainedTagger
    from headwater.words import sentences

    rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    tagger = TrainedTagger(folder)
    scores = {}
    for threshold in GRID:
        tagger.thresholds = replace_threshold(tagger.thresholds, threshold)
        score = Score()
        for row in rows:
            article = mark(Article(id="a", text=row["text"]))
            tags = tagger.tag(article.text, sentences(article.text, [f.span for f in article.furniture]))
            marks = [([Span(*s) for s in a["source"]], [Span(*s) for s in a["content"]]) for a in row["attributions"]]
            score.add(pairs(row["text"], marks), pairs(row["text"], ((t.source, t.content) for t in tags.attributions)))
        scores[threshold] = score.shares()["f1"]
    return max(t for t, f1 in scores.items() if f1 >= max(scores.values()) - NEAR), scores


def replace_threshold(thresholds: Any, attribution: float) -> Any:
    """The same thresholds with another one for attributions."""
    import msgspec

    return msgspec.structs.replace(thresholds, attribution=attribution)


def _card(
    arguments: argparse.Namespace, recipe: Any, used: list[Path], scores: dict[float, float], best: float, minutes: int
) -> str:
    template = Path(__file__).with_name("card.md").read_text(encoding="utf-8")
    data = "\n".join(f"- `{p.parent.name}/{p.name}` {hashlib.sha256(p.read_bytes()).hexdigest()[:16]}" for p in used)
    filled = {
        "name": arguments.name,
        "data": data,
        "recipe": ", ".join(f"{k} {v:g}" for k, v in asdict(recipe).items()),
        "curve": ", ".join(f"{t:g}: {100 * f:.1f}" for t, f in scores.items()),
        "best": f"{best:g}",
        "f1": f"{100 * scores[best]:.1f}",
        "minutes": str(minutes),
    }
    for key, value in filled.items():
        template = template.replace("{" + key + "}", value)
    return template


if __name__ == "__main__":
    sys.exit(main())
