"""The benchmark of growth: its corpus, its slopes and its picture, and that the kept figures grow as is said."""

import json
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

import scale

KEPT = Path(__file__).parents[1] / "docs" / "pictures" / "scale.json"
SVG = "{http://www.w3.org/2000/svg}"
RUNS: list[scale.Run] = [
    {"stage": stage, "articles": size, "seconds": size / 500, "processor": size / 400, "worker": 3e8, "driver": 9e7}
    for stage in ("copies", "stories")
    for size in (1000, 10_000, 100_000)
]


@pytest.mark.parametrize(
    ("power", "found"), [(1.0, 1.0), (2.0, 2.0), (0.0, 0.0)], ids=["linear", "quadratic", "the same"]
)
def test_slope(power: float, found: float) -> None:
    """The power with which a figure grows; of one size there is none."""
    sizes = [1000, 3000, 10_000]
    assert scale.slope(sizes, [7 * size**power for size in sizes]) == pytest.approx(found)
    assert scale.slope([1000], [5.0]) == 0


def test_the_picture_shows_every_run() -> None:
    """A line for each figure of each stage, a point for each run, with the slope; higher is more, further is larger."""
    root = ElementTree.fromstring(scale.drawn(RUNS))
    told = [node.text or "" for node in root.iter(f"{SVG}text")]
    assert [one for one in told if "slope" in one] == [
        f"{stage}, {what}, slope {found}"
        for lines in (
            (("processor", "1.00"), ("by the clock", "1.00")),
            (("largest worker", "0.00"), ("who starts them", "0.00")),
        )
        for stage in ("copies", "stories")
        for what, found in lines
    ]
    points = [(float(node.attrib["cx"]), float(node.attrib["cy"])) for node in root.iter(f"{SVG}circle")]
    assert len(points) == 4 * len(RUNS)
    first = points[:3]
    assert first == sorted(first)
    assert [y for _, y in first] == sorted((y for _, y in first), reverse=True)
    wide, high = map(float, root.attrib["viewBox"].split()[2:])
    assert all(0 < x < wide and 0 < y < high for x, y in points)


@pytest.mark.real
def test_a_corpus_is_the_same_each_time_and_holds_copies() -> None:
    """Ids, days and texts; a seventh of it, from the second day on, is copied from the day before."""
    rows = list(scale.corpus(350, undated=True))
    assert rows == list(scale.corpus(350, undated=True))
    assert len({row["id"] for row in rows}) == 350
    assert sum("published" not in row for row in rows) == 7
    assert sum(str(row["outlet"]).endswith(" Post") and len(str(row["outlet"])) < 10 for row in rows) >= 35


def test_the_kept_figures_grow_as_the_corpus_does() -> None:
    """The picture is made of them, and processor time and memory grow no faster than the docs say."""
    runs = json.loads(KEPT.read_text(encoding="utf-8"))
    assert KEPT.with_suffix(".svg").read_text(encoding="utf-8") == scale.drawn(runs)
    for stage in ("copies", "stories"):
        rows = [run for run in runs if run["stage"] == stage]
        sizes = [run["articles"] for run in rows]
        assert len(sizes) >= 3
        for key in ("processor", "worker", "driver"):
            assert scale.slope(sizes, [run[key] for run in rows]) <= 1.1
