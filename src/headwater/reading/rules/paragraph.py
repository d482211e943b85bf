"""Reads a paragraph sentence by sentence and ties quotations that stand alone to who spoke before or after."""

from collections.abc import Iterable, Sequence

from headwater.model import Span
from headwater.reading import marks
from headwater.reading.rules.content_first import post_cue
from headwater.reading.rules.crediting import according_to, cite, owned_claims
from headwater.reading.rules.cues import is_cue
from headwater.reading.rules.flat import Sentence, flat_sentences, items_of, quote_span, words_in
from headwater.reading.rules.shapes import bare_said, colon_speaker
from headwater.reading.rules.speaker_first import pre_cue
from headwater.reading.tagger import Name, Tagged


def read_paragraph(
    text: str,
    paragraph: Span,
    quoted: Sequence[marks.Quoted],
    found: Sequence[Name],
    carriers: frozenset[str],
    out: list[Tagged],
    previous: int | None,
) -> int | None:
    flat = flat_sentences(text, items_of(text, paragraph, quoted))
    used: set[int] = set()  # start of quotations that already have a speaker
    last_quoting: int | None = None
    for index, items in enumerate(flat):
        sentence = Sentence(text, items, found, carriers)
        alone = len([i for i in items if i.quote]) >= 1 and all(i.quote or not i.is_word for i in items)
        if alone:
            quotes = [i for i in items if i.quote and i.start not in used]
            if quotes and last_quoting is not None:  # "…," Roe said. "…": one attribution, split
                whole = out[last_quoting]
                out[last_quoting] = _with_content(whole, [quote_span(i) for i in quotes])
                used.update(i.start for i in quotes)
                continue
            if quotes and sum(words_in(i) for i in quotes) >= 4:
                follow = Sentence(text, flat[index + 1], found, carriers) if index + 1 < len(flat) else None
                tail = bare_said(follow) if follow else None
                if tail is not None:
                    source, cue = tail
                    out.append(Tagged(cue=cue, source=source, content=tuple(quote_span(i) for i in quotes), score=0.8))
                    last_quoting = len(out) - 1
                    used.update(i.start for i in quotes)
                elif previous is not None and index == 0:
                    out.append(
                        Tagged(cue=(), content=tuple(quote_span(i) for i in quotes), follows=previous, score=0.5)
                    )
                    last_quoting = len(out) - 1
                    used.update(i.start for i in quotes)
            continue
        before = len(out)
        _read_sentence(sentence, out)
        for at in range(before, len(out)):
            for span in out[at].content:
                for item in items:
                    if item.quote and span.start <= item.start and item.end <= span.end:
                        used.add(item.start)
                        if words_in(item) >= 4 and out[at].said:
                            last_quoting = at
        if before == len(out) and not any(i.quote for i in items):
            last_quoting = None
    if last_quoting is not None:
        return last_quoting
    # "…, where he said that his cooperation is closer than ever." may lead into a quotation in the next paragraph
    return (
        len(out) - 1
        if out and out[-1].content and out[-1].content[-1].end >= paragraph.end - 2 and out[-1].source
        else None
    )


def _with_content(tagged: Tagged, more: Iterable[Span]) -> Tagged:
    return Tagged(
        cue=tagged.cue, source=tagged.source, content=(*tagged.content, *more), via=tagged.via, said=tagged.said,
        follows=tagged.follows, score=tagged.score,
    )  # fmt: skip


def _read_sentence(s: Sentence, out: list[Tagged]) -> None:
    cues: list[Tagged] = []
    tail = len(s.items)  # where a trailing ", according to …" or ", X said" begins: content of other cues ends there
    speaker = colon_speaker(s)
    if speaker:
        cues.append(speaker)
        out.extend(cues)
        return
    according = according_to(s)
    for tagged, cut in according:
        cues.append(tagged)
        tail = min(tail, cut)
    inherited: tuple[Span, ...] = ()
    trailing: list[tuple[Tagged, int]] = []
    taken: set[int] = set()
    for at in range(len(s.items)):
        if at in taken or not is_cue(s, at):
            continue
        result = post_cue(s, at)
        if result:
            trailing.append((result[0], result[1]))
            taken.update(range(at, at + 1))
            tail = min(tail, result[1]) if result[1] > 0 else tail
            inherited = result[0].source or inherited
    for at in range(len(s.items)):
        if at in taken or not is_cue(s, at):
            continue
        end = tail if at < tail else len(s.items)
        before = pre_cue(s, at, end, inherited)
        if before:
            cues.append(before)
            inherited = before.source or inherited
    cues.extend(t for t, _ in trailing)
    cues.extend(owned_claims(s, tail))
    cues = cite(s, cues)
    cues.sort(key=lambda c: (c.cue or c.content)[0].start if (c.cue or c.content) else 0)
    out.extend(c for c in cues if c.content)
