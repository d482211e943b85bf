"""Many inputs into a folder: nothing lost, nothing done twice, and no input that ends the run."""

import gzip
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from headwater import pipeline
from headwater.cli import main
from headwater.errors import InputError
from headwater.ingest import gather
from headwater.ingest.walk import shown
from headwater.model import Article, Furniture
from headwater.taking import Progress, take
from mixed import QUICK, mail, mixed, page, traps, words


def lines_in(folder: Path) -> list[dict[str, object]]:
    """All articles of a folder, as written, in its order."""
    files = sorted(folder.glob("articles-*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def failures_in(folder: Path) -> dict[str, str]:
    """Path to reason, as written."""
    text = (folder / "failures.jsonl").read_text(encoding="utf-8")
    return {one["path"]: one["reason"] for one in map(json.loads, text.splitlines())}


def bytes_in(folder: Path) -> dict[str, bytes]:
    """All that stands in a folder, hidden or not."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def texts(folder: Path, count: int) -> Path:
    """A folder of plain texts."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (folder / f"t{number:04d}.txt").write_text(words(number), encoding="utf-8")
    return folder


def test_every_readable_article_is_in_and_every_other_file_reported(tmp_path: Path) -> None:
    """600 mixed files, one in twenty damaged, and one of each trap: all is in or in the report, with a reason."""
    good, bad = mixed(tmp_path / "in", 600)
    more_good, more_bad = traps(tmp_path / "in" / "traps")
    assert len(bad) > 20
    taken = take([str(tmp_path / "in")], str(tmp_path / "out"), size=100, jobs=1, seconds=20)
    written = lines_in(tmp_path / "out")
    failures = failures_in(tmp_path / "out")
    assert {str(one["path"]) for one in written} == good | more_good
    assert taken.articles == len(written) == len(good | more_good)
    assert len({str(one["id"]) for one in written}) == len(written)
    missing = {path for path in bad | more_bad if not any(where.startswith(shown(path)) for where in failures)}
    assert missing == set()
    extra = {where for where in failures if not any(where.startswith(shown(path)) for path in bad | more_bad)}
    assert {Path(where).name: failures[where] for where in extra} == {
        "traps": "1 .png file passed over: of no kind that Headwater reads"
    }
    for where, reason in failures.items():
        assert where.isprintable()
        assert reason.isprintable()
        assert len(reason) > 10
    assert not [name for name in bytes_in(tmp_path / "out") if ".part" in name]


def test_what_is_written_is_what_take_in_gives(tmp_path: Path) -> None:
    """A folder that is read back gives the same records, field for field, as its inputs did when they were read."""
    mixed(tmp_path / "in", 60, seed=3)
    (tmp_path / "in" / "full.jsonl").write_text(
        json.dumps(
            {
                "id": "full",
                "text": "Advertisement\n" + words(7),
                "byline": "Ines Okafor",
                "dateline": "PORT ELLERY",
                "published": "2026-03",
                "published_basis": "file",
                "language": "en",
                "truncated": False,
                "furniture": [{"start": 0, "end": 13, "kind": "promo"}],
                "modified": "2026-03-04",
                "fetched": "2026-03-05T10:00:00Z",
                "publisher": "Tamsen Press",
                "credit": "Karelund Wire",
                "based_on": ["https://wire.example/1"],
                "free": False,
                "feed": "Tamsen news",
                "owner": "The Guild",
            }
        )
    )
    take([str(tmp_path / "in")], str(tmp_path / "out"), jobs=1)
    straight = pipeline.take_in([str(tmp_path / "in")])
    back = pipeline.take_in([str(tmp_path / "out")])
    assert back.failures == ()
    assert back.articles == straight.articles
    (full,) = (one for one in back.articles if one.id == "full")
    assert full.furniture[0] == Furniture(0, 13, "promo")
    assert (full.credit, full.based_on, full.free, full.owner) == (
        "Karelund Wire",
        ("https://wire.example/1",),
        False,
        "The Guild",
    )
    assert (full.published, full.published_basis) == ("2026-03", "file")


def test_every_format_comes_in_and_back(tmp_path: Path) -> None:
    """One input of each format, told by its content, gives its articles; written and read back they are the same."""
    docx, pa = pytest.importorskip("docx"), pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    pytest.importorskip("fastwarc")
    source = tmp_path / "in"
    source.mkdir()
    letter = docx.Document()
    for line in words(1).splitlines():
        letter.add_paragraph(line)
    letter.save(source / "letter")
    parquet.write_table(pa.table({"title": ["x", "y"], "text": [words(2), words(3)]}), source / "table")
    put(source, "packed.gz", gzip.compress((source / "table").read_bytes()))
    put(source, "box", "".join(f"From x Tue Mar  3 08:15:00 2026\n{mail(n)}\n" for n in (4, 5)).encode())
    items = "".join(f"<item><title>{n}</title><description>{words(n)}</description></item>" for n in (7, 8))
    put(source, "news.xml", f"<rss version='2.0'><channel><title>News</title>{items}</channel></rss>".encode())
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page(9).encode()
    record = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://x.example/nine\r\nWARC-Date: 2025-01-02T03:04:05Z"
        "\r\nWARC-Record-ID: <urn:uuid:00000009-0000-0000-0000-000000000000>\r\nContent-Type: application/http; "
        f"msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    put(source, "crawl", gzip.compress(record.encode() + answer + b"\r\n\r\n"))
    saved = (
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://z.example/\nMIME-Version: 1.0\nContent-Type: "
        'multipart/related; type="text/html"; boundary="b"\n\n--b\nContent-Type: text/html\nContent-Location: '
        f"https://z.example/\n\n{page(10)}\n--b--\n"
    )
    put(source, "saved", saved.encode())
    put(source, "notes.md", f"---\ntitle: Notes\n---\n{words(11)}".encode())
    put(source, "feeds", b'<opml version="2.0"><body><outline xmlUrl="https://x.example/f"/></body></opml>')
    taken = take([str(source)], str(tmp_path / "out"), jobs=1)
    counted = Counter(Path(str(one["path"])).name for one in lines_in(tmp_path / "out"))
    assert counted == {
        "letter": 1, "table": 2, "packed.gz": 2, "box": 2, "news.xml": 2, "crawl": 1, "saved": 1, "notes.md": 1
    }  # fmt: skip
    assert taken.failures == 1
    assert "headwater feeds" in failures_in(tmp_path / "out")[str(source / "feeds")]
    straight = pipeline.take_in([str(source)])
    assert pipeline.take_in([str(tmp_path / "out")]).articles == straight.articles
    assert {one.fetched for one in straight.articles if one.url == "https://x.example/nine"} == {"2025-01-02T03:04:05Z"}


@pytest.mark.parametrize(
    "fields",
    [
        {"furniture": [{"start": 5, "end": 5000, "kind": "promo"}, {"start": "0"}, 7, {"kind": []}]},
        {"furniture": [{"start": 0, "end": 4, "kind": "shiny"}]},
        {"words": "many", "free": "yes", "language": "English", "based_on": "x", "published_basis": ["a"]},
        {"byline": ["A"], "path": 7, "modified": "soon", "truncated": 1},
    ],
    ids=["spans", "kind", "types", "more types"],
)
def test_other_peoples_fields_are_left_alone(fields: dict[str, object]) -> None:
    """Fields of the same names that mean something else harm nothing."""
    (article,) = gather([{"id": "a", "text": words(1), **fields}]).articles
    assert article == gather([Article(id="a", text=words(1))]).articles[0]


def test_ids_are_unique_from_file_to_file(tmp_path: Path) -> None:
    """Articles of one name, and of one id, are told apart across all that is written, as they are in one batch."""
    for number in range(8):
        (tmp_path / "in" / str(number)).mkdir(parents=True)
        (tmp_path / "in" / str(number) / "index.txt").write_text(words(number))
        (tmp_path / "in" / str(number) / "own.jsonl").write_text(json.dumps({"id": "same", "text": words(number + 50)}))
    take([str(tmp_path / "in")], str(tmp_path / "out"), size=3, jobs=1)
    ids = sorted(str(one["id"]) for one in lines_in(tmp_path / "out"))
    assert ids == sorted(one.id for one in gather([tmp_path / "in"]).articles)


def test_the_number_of_processes_changes_nothing(tmp_path: Path) -> None:
    """One process or three, the bytes are the same; so they are in a folder of another name."""
    mixed(tmp_path / "in", 60, seed=5, share=0.1, endings=QUICK)
    take([str(tmp_path / "in")], str(tmp_path / "one"), size=7, jobs=1)
    take([str(tmp_path / "in")], str(tmp_path / "three"), size=7, jobs=3)
    assert bytes_in(tmp_path / "one") == bytes_in(tmp_path / "three")


def test_a_second_run_does_nothing_again(tmp_path: Path) -> None:
    """What is finished stays as it is; an input that changed has its own file made anew, and no other."""
    source, out = texts(tmp_path / "in", 20), tmp_path / "out"
    seen: list[Progress] = []
    take([str(source)], str(out), size=5, jobs=1)
    first = bytes_in(out)
    times = {path.name: path.stat().st_mtime_ns for path in out.glob("articles-*")}
    take([str(source)], str(out), size=5, jobs=1, step=seen.append)
    assert bytes_in(out) == first
    assert seen[-1].before == seen[-1].of == 20
    (source / "t0007.txt").write_text(words(777), encoding="utf-8")
    take([str(source)], str(out), size=5, jobs=1)
    after = {path.name: path.stat().st_mtime_ns for path in out.glob("articles-*")}
    assert [name for name in sorted(after) if after[name] != times[name]] == ["articles-00001.jsonl"]
    assert any(one["text"] == words(777) for one in lines_in(out))


def test_inputs_that_are_gone_are_gone(tmp_path: Path) -> None:
    """With fewer inputs than before, no article of those that are gone is left; the folder equals a new one."""
    source = texts(tmp_path / "in", 12)
    take([str(source)], str(tmp_path / "out"), size=3, jobs=1)
    for number in range(2, 12, 2):
        (source / f"t{number:04d}.txt").unlink()
    take([str(source)], str(tmp_path / "out"), size=3, jobs=1)
    take([str(source)], str(tmp_path / "new"), size=3, jobs=1)
    assert bytes_in(tmp_path / "out") == bytes_in(tmp_path / "new")


def test_an_id_that_changed_is_seen_to_the_end(tmp_path: Path) -> None:
    """When an input changes an id that a later file gave away under another number, that file is made anew as well."""
    source = tmp_path / "in"
    source.mkdir()
    for number in range(4):
        (source / f"{number}.jsonl").write_text(json.dumps({"id": "x" if number != 1 else "y", "text": words(number)}))
    take([str(source)], str(tmp_path / "out"), size=1, jobs=2)
    (source / "1.jsonl").write_text(json.dumps({"id": "x", "text": words(1)}))
    take([str(source)], str(tmp_path / "out"), size=1, jobs=2)
    take([str(source)], str(tmp_path / "new"), size=1, jobs=2)
    assert bytes_in(tmp_path / "out") == bytes_in(tmp_path / "new")
    assert [one["id"] for one in lines_in(tmp_path / "out")] == ["x", "x-2", "x-3", "x-4"]


def test_its_own_folder_is_no_input(tmp_path: Path) -> None:
    """``--out`` inside the folder that is read: what was written is not taken for an input."""
    source = texts(tmp_path / "in", 4)
    for _ in range(2):
        taken = take([str(source)], str(source / "out"), jobs=1)
        assert (taken.inputs, taken.articles) == (4, 4)


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    """Nothing is written among files that are not its own; and a second run waits for none: it says so."""
    source = texts(tmp_path / "in", 2)
    with pytest.raises(InputError, match="other files"):
        take([str(source)], str(source))
    assert len(list(source.iterdir())) == 2
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="cannot write"):
        take([str(source)], str(tmp_path / "file"))


# Stopped in the middle

_RUN = "import sys; from headwater.taking import take; take([sys.argv[1]], sys.argv[2], size=15, jobs=2)"


def test_killed_and_run_again(tmp_path: Path) -> None:
    """Kill -9 at random moments, again and again, then to the end: the same bytes as without.

    What was finished is not touched again.
    """
    mixed(tmp_path / "in", 240, seed=9, share=0.1, endings=QUICK)
    source, out = str(tmp_path / "in"), tmp_path / "out"
    start = time.monotonic()
    subprocess.run([sys.executable, "-c", _RUN, source, str(tmp_path / "straight")], check=True)
    whole = time.monotonic() - start
    dice = random.Random(4)
    killed = 0
    for _ in range(6):
        before = {path.name: path.stat().st_mtime_ns for path in (out / ".headwater").glob("0*.json")}
        process = subprocess.Popen([sys.executable, "-c", _RUN, source, str(out)])
        try:
            process.wait(whole * dice.uniform(0.1, 0.8))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            killed += 1
        process.wait()
        for name, when in before.items():
            assert (out / ".headwater" / name).stat().st_mtime_ns == when
        for file in out.glob("articles-*.jsonl"):
            assert file.read_bytes() == (tmp_path / "straight" / file.name).read_bytes()
    assert killed > 0
    subprocess.run([sys.executable, "-c", _RUN, source, str(out)], check=True)
    assert bytes_in(out) == bytes_in(tmp_path / "straight")


def test_no_process_is_left_behind(tmp_path: Path) -> None:
    """A run that is killed takes its processes with it."""
    source = texts(tmp_path / "in", 400)
    process = subprocess.Popen([sys.executable, "-c", _RUN, str(source), str(tmp_path / "out")])
    children: list[int] = []
    until = time.monotonic() + 30
    while not children and time.monotonic() < until:
        listed = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        if not listed.exists():
            pytest.skip("this system does not tell of a process's children")
        children = [int(one) for one in listed.read_text().split()]
        time.sleep(0.01)
    process.kill()
    process.wait()
    assert children
    until = time.monotonic() + 30
    while any(_runs(one) for one in children) and time.monotonic() < until:
        time.sleep(0.05)
    assert not [one for one in children if _runs(one)]


def _runs(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


# Inputs that hang or crash what reads them

_HOSTILE = """
import os, signal, sys, time
from headwater.ingest import text
from headwater import clean
plain, mark_all, mark = text.decode, clean.mark_all, clean.mark

def decode(data, **how):
    found = plain(data, **how)
    if "HANG" in found: time.sleep(600)
    if "CRASH" in found: os.kill(os.getpid(), signal.SIGSEGV)
    if "GREEDY" in found: bytearray(8_000_000_000)
    if "DEEP" in found: raise RecursionError
    return found

def marks(articles, of=mark_all):
    articles = tuple(articles)
    if any("UNCLEAN" in one.text for one in articles): os.kill(os.getpid(), signal.SIGSEGV)
    return of(articles)

text.decode, clean.mark_all = decode, marks
clean.mark = lambda article: marks([article], of=lambda all: mark(all[0]))
"""


def test_a_parser_that_hangs_or_crashes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each ends its own input and no other: what takes too long, too much, too deep, or brings its process down."""
    source = texts(tmp_path / "in", 12)
    for number, word in enumerate(("HANG", "CRASH", "GREEDY", "DEEP", "UNCLEAN")):
        (source / f"t{number * 2:04d}.txt").write_text(f"{word} {words(number)}", encoding="utf-8")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(_HOSTILE)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "site"))
    taken = take([str(source)], str(tmp_path / "out"), size=6, jobs=1, seconds=1.5)
    assert taken.articles == 7
    reasons = {Path(where).name: why for where, why in failures_in(tmp_path / "out").items()}
    assert [(name, why.split(";")[0]) for name, why in sorted(reasons.items())] == [
        ("t0000.txt", "could not be read: it took longer than 1.5 seconds"),
        ("t0002.txt", "could not be read: it ended its parser (status -11)"),
        ("t0004.txt", "needs more memory than there is"),
        ("t0006.txt", "is nested too deeply to be read"),
        ("t0008.txt, article 1", "could not be cleaned: it ended its parser (status -11)"),
    ]


# Memory

_PEAK = """
import resource, sys
from headwater.taking import take
take([sys.argv[1]], sys.argv[2], size=100, jobs=1)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def test_memory_does_not_grow_with_the_number_of_files(tmp_path: Path) -> None:
    """Three times as many files take no more memory, neither where they are read nor where they are written down."""
    peaks = []
    for count in (1000, 3000):
        source = texts(tmp_path / f"in{count}", count)
        done = subprocess.run(
            [sys.executable, "-c", _PEAK, str(source), str(tmp_path / f"out{count}")],
            capture_output=True,
            text=True,
            check=True,
        )
        peaks.append([int(number) for number in done.stdout.split()])
    for few, many in zip(*peaks, strict=True):
        assert many < few * 1.1 + 3000  # KiB


# The command


def put(folder: Path, name: str, data: bytes) -> Path:
    """One file."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(data)
    return folder


@pytest.mark.parametrize(
    ("make", "status", "says"),
    [
        pytest.param(lambda f: put(f, "a.txt", words(1).encode()), 0, "", id="all in"),
        pytest.param(lambda f: put(put(f, "a.txt", words(1).encode()), "b.txt", b"\0"), 3, "failures.jsonl", id="some"),
        pytest.param(
            lambda f: put(put(f, "a.txt", words(1).encode()), "b.png", b"\x89PNG"), 0, "passed over", id="passed over"
        ),
        pytest.param(lambda f: put(f, "b.txt", b"\0"), 1, "binary", id="none"),
        pytest.param(lambda f: put(f, "b.png", b"\x89PNG"), 1, "1 .png file", id="none, passed over"),
        pytest.param(lambda f: f / "gone", 1, "not found", id="no such folder"),
    ],
)
def test_statuses(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, make: Callable[[Path], Path], status: int, says: str
) -> None:
    """0 all in, 3 some not, 1 nothing; one line on standard error, none where all is in and nothing passed over."""
    source = make(tmp_path / "in")
    assert main(["ingest", str(source), "--out", str(tmp_path / "out"), "--jobs", "1"]) == status
    err = capsys.readouterr().err
    assert len(err.splitlines()) == bool(says)
    assert says in err


@pytest.mark.parametrize(
    "arguments",
    [
        ["a"],
        ["-", "--out", "o"],
        ["a", "--out", "o", "--format", "exe"],
        ["a", "--out", "o", "--columns", "text"],
        ["a", "--out", "o", "--columns", "words=BODY"],
    ],
    ids=["no out", "standard input", "format", "columns", "no such field"],
)
def test_wrong_arguments(arguments: list[str]) -> None:
    """Status 2."""
    assert main(["ingest", *arguments]) == 2


def test_columns_and_format(tmp_path: Path) -> None:
    """Columns of a table are named, and a format overrides what a file looks like."""
    put(tmp_path / "in", "table.txt", b"KEY;SAYS\n7;" + words(3).replace("\n", " ").encode() + b"\n")
    out = tmp_path / "out"
    arguments = ["ingest", str(tmp_path / "in"), "--out", str(out), "--format", "csv", "--columns", "id=KEY,text=SAYS"]
    assert main(arguments) == 0
    assert [one["id"] for one in lines_in(out)] == ["7"]


def test_a_library_beside_the_inputs_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of the user's that is named like a module is not imported by the processes that read."""
    source = texts(tmp_path / "in", 1)
    put(tmp_path / "in", "json.py", b"raise SystemExit(9)")
    put(tmp_path / "in", "headwater.py", b"raise SystemExit(9)")
    monkeypatch.chdir(source)
    assert take([str(source / "t0000.txt")], str(tmp_path / "out"), jobs=1).articles == 1


def test_a_truncated_stream_keeps_what_came_before(tmp_path: Path) -> None:
    """Of lines whose packing breaks off, those that could be unpacked are in, and the break is reported."""
    lines = b"".join(json.dumps({"id": str(n), "text": words(n)}).encode() + b"\n" for n in range(800))
    packed = gzip.compress(lines, mtime=0)
    put(tmp_path / "in", "many.jsonl.gz", packed[: len(packed) // 2])
    taken = take([str(tmp_path / "in")], str(tmp_path / "out"), jobs=1)
    assert 100 < taken.articles < 800
    assert "cut off" in next(iter(failures_in(tmp_path / "out").values()))


def test_a_page_beside_its_parts(tmp_path: Path) -> None:
    """What a browser keeps beside a saved page is passed over without a word."""
    put(tmp_path / "in", "story.html", page(1).encode())
    for name in ("ad.html", "style.css", "photo.jpg"):
        put(tmp_path / "in" / "story_files", name, b"<html><p>Buy</p></html>")
    batch = gather([tmp_path / "in"])
    assert [one.id for one in batch.articles] == ["story"]
    assert batch.failures == ()


def test_nothing_is_written_where_nothing_can_be(tmp_path: Path) -> None:
    """A disk that is full, or a folder that may not be written, ends in one line; no part of a file is left."""
    if os.geteuid() == 0:
        pytest.skip("the superuser may write everywhere")
    (tmp_path / "shut").mkdir(mode=0o500)
    with pytest.raises(InputError, match="cannot write"):
        take([str(texts(tmp_path / "in", 1))], str(tmp_path / "shut" / "out"))
