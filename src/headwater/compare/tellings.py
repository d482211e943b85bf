"""Where ``compare.quotes`` still finds its names: they live in ``stems``, ``told`` and ``notes``."""

from headwater.compare.notes import conflict, shown, side
from headwater.compare.stems import NEGATIONS, SMALL, stem, word_list
from headwater.compare.told import Told

__all__ = ["NEGATIONS", "SMALL", "Told", "conflict", "shown", "side", "stem", "word_list"]
