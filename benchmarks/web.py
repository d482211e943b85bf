"""How fast the application answers over a story of many articles: ``python -m benchmarks.web [--articles 300]``.

The example is traced and repeated under other names with some words changed; its trace is put straight into an archive.
Each page is asked for twice: the first answer makes the story's parts, the second takes what was made.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

import headwater  # noqa: E402
from crowd import crowd  # noqa: E402
from headwater.archive import Archive  # noqa: E402
from headwater.web import addresses  # noqa: E402
from served import EXAMPLE, client, put  # noqa: E402


def main() -> None:
    """Print a line for each page: seconds the first and the second time, and its size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=300)
    count = parser.parse_args().articles
    trace = crowd(headwater.trace(EXAMPLE), count)
    with tempfile.TemporaryDirectory() as folder, Archive(Path(folder) / "a.db") as archive:
        story = put(archive, trace)
        most = max(trace.claims, key=lambda c: len(c.mentions))
        paths = {
            "story": addresses.story(story), "claims": addresses.part(story, "claims"),
            "claims, page 3": addresses.part(story, "claims", 3),
            "timeline": addresses.part(story, "timeline"), "sources": addresses.part(story, "sources"),
            "articles": addresses.part(story, "articles"), "article": addresses.article(trace.articles[0].id),
            "another article": addresses.article(trace.articles[-1].id), "claim": addresses.claim(most.id),
            "search": "/search?q=barrage", "source": addresses.source(story, trace.sources[0].id),
            "doubtful": "/doubtful", "home": "/", "trace, JSON": f"/api/v1/stories/{story}/trace",
        }  # fmt: skip
        print(f"{'':16} {'first':>8} {'second':>8} {'kB':>8}   story of {count} articles, {len(trace.claims)} claims")
        with client(archive) as made:
            for name, path in paths.items():
                seconds = []
                for _ in range(2):
                    began = time.perf_counter()
                    answer = made.get(path)
                    seconds.append(time.perf_counter() - began)
                    assert answer.status_code == 200, (path, answer.status_code)
                print(f"{name:16} {seconds[0]:8.3f} {seconds[1]:8.3f} {len(answer.content) / 1000:8.0f}")


if __name__ == "__main__":
    main()
