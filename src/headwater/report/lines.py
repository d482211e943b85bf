"""Readings, stories and copies as a person reads them in a terminal: plain lines, widths left to the terminal."""

from collections.abc import Mapping, Sequence

from headwater.cluster import Apart, Explained, Joined
from headwater.labels import labels, listed, number_of, plain
from headwater.model import Article, Copy, CopyKind, Reading, Span, Story

_LONGEST = 220
_KINDS: dict[CopyKind, str] = {
    "reprint": " (a reprint)",
    "shortened": " (nearly all of it from there)",
    "extended": " (nearly all of the other, and more)",
    "contained": " (nearly all of one is in the other)",
    "reworked": " (a good part)",
    "part": " (a part)",
}


def _shown(article: Article, spans: Sequence[Span]) -> str:
    text = plain(" … ".join(s.of(article.text) for s in sorted(spans)))
    return text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0] + " …"


def reading_text(article: Article, reading: Reading) -> str:
    """One article's attributions: source, cue, content, and whom they came through."""
    names = {s.id: s for s in reading.sources}
    counts = (number_of(len(reading.attributions), "attribution"), number_of(len(reading.entities), "name"))
    out = [f"{plain(article.id)}: {', '.join(counts)}"]
    for a in reading.attributions:
        source = plain(names[a.source].name) if a.source else "nobody named"
        via = [plain(names[v].name) for v in a.via]
        through = f" (through {listed(via)})" if via else ""
        kind = f" [{names[a.source].kind}]" if a.source else ""
        cue = _shown(article, a.cue_spans) or "—"
        out.append(
            f"  {source}{kind}{through} | {cue} | {_shown(article, a.content_spans)}{' [hedged]' if a.hedged else ''}"
        )
    return "\n".join(out)


def story_text(articles: Mapping[str, Article], story: Story) -> str:
    """One story: how many articles, and which."""
    shown = labels([articles[a] for a in story.articles])
    rows = [f"{story.story}: {number_of(len(story.articles), 'article')}"]
    for article_id in story.articles:
        title = articles[article_id].title
        rows.append(f"  {shown[article_id]}" + (f": {plain(title)}" if title else ""))
    return "\n".join(rows)


def why_text(articles: Mapping[str, Article], explained: Explained) -> str:
    """One story with the reason for each of its articles, and the nearest article that is not in it."""
    known = {*explained.story.articles, *((explained.apart.nearest,) if explained.apart else ())}
    shown = labels([articles[a] for a in sorted(known)])
    rows = [story_text(articles, explained.story)]
    for one in explained.joined:
        mixed = "; it tells of several things, so it links no others" if one.mixed else ""
        rows.append(f"  {shown[one.article]} with {shown[one.nearest]}: {_alike(one)}{mixed}")
    if explained.apart:
        nearest = explained.apart
        rows.append(
            f"  not with {shown[nearest.nearest]}, the nearest outside: {_alike(nearest)}; "
            f"{round(nearest.chance * 100)} % likely to be one story"
        )
    return "\n".join(rows)


def _alike(one: Joined | Apart) -> str:
    words = f"both have {listed([plain(word) for word in one.words])}" if one.words else "no rare word in common"
    days = "days unknown" if one.days is None else "the same day" if not one.days else number_of(one.days, "day")
    return f"{words}; {days}{' apart' if one.days else ''}"


def why_row(explained: Explained) -> dict[str, object]:
    """The same for JSON: the story's own fields, ``joined`` and ``apart`` in one object."""
    story = explained.story
    return {"story": story.story, "articles": story.articles, "joined": explained.joined, "apart": explained.apart}


def copy_text(articles: Mapping[str, Article], copy: Copy) -> str:
    """One pair: the share, the direction, and each passage's words."""
    shown = labels(articles.values())
    earlier, later = shown[copy.earlier], shown[copy.later]
    share = f"{round(copy.share * 100)} % of its words, {round(copy.share_of_earlier * 100)} % of the other's"
    order = {
        "published": ", which is earlier in this set",
        "stated": ", which it says it is from",
        None: "",
    }[copy.basis]
    open_end = "" if copy.directed else "; which came first cannot be judged"
    rows = [f"{later} shares text with {earlier}{order}: {share}{_KINDS[copy.kind]}{open_end}"]
    for passage in copy.passages:
        side = passage.left if passage.left.article == copy.later else passage.right
        rows.append(f"  {passage.same} of {passage.words} words: “{_shown(articles[side.article], [side.span])}”")
    return "\n".join(rows)
