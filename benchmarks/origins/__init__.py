"""Stories composed from known provenance graphs, so that the true answer is known for thousands of claims."""


def figures(stories: int = 24, *, half: str = "dev", seed: int = 1) -> dict[str, float]:
    """What ``gate.py`` asks: shares 0..1 by name, over that many stories; see ``__main__.figures``."""
    import headwater

    from .__main__ import figures as shares
    from .score import Score, score
    from .write import story

    total = Score()
    for number in range(stories):
        told = story(half, seed, number)
        total.add(score(told, headwater.trace(told.records)))
    return {
        **shares(total.judged),
        "links_precision": total.links.precision,
        "links_f1": total.links.f1,
        "bottlenecks_f1": total.bottlenecks.f1,
        "derivations_precision": total.derivations.precision,
        "derivations_recall": total.derivations.recall,
    }
