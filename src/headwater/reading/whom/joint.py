"""Who speaks together: "both A and B", "A and his aide", and the "they" after them."""

import re
from bisect import bisect_left
from collections.abc import Callable

from headwater.model import Span
from headwater.reading.whom.met import Met
from headwater.reading.whom.named import Named
from headwater.reading.whom.nouns import HEAD_ENDS, head_of, is_people, singular
from headwater.words import key_of, words

#: Two of whom both were named just before.
_BOTH = re.compile(
    r"(?:both|the two) (?:men|women|leaders|candidates|rivals|senators|presidents|nominees|ministers|lawmakers|of them)"
    r"|the (?:pair|duo|two)",
    re.IGNORECASE,
)


class Joint:
    """The joint speakers of one article."""

    def __init__(self, named: Named, met: Met, source: Callable[[Span, tuple[str, ...]], str | None]) -> None:
        """Take whom the article names, the sources met so far, and what gives the source of one speaker's words."""
        self.named, self.met, self.source = named, met, source
        self._last: list[tuple[int, int, tuple[str, ...]]] = []  # where several spoke together, and who

    def several(self, span: Span, via: tuple[str, ...] = ()) -> list[str]:
        """The sources of a span that names two or more speakers together ("both A and B", "A and his aide"); else none.

        "They" is those who spoke together last, where nobody spoke since.
        """
        raw = span.of(self.named.text)
        if key_of(raw.strip()) in {"they", "both"} and self._last:
            end = bisect_left(self.met.order, (span.start, ""))
            place, last, together = self._last[-1]
            if end and place <= self.met.order[end - 1][0] <= last and place >= self.met.sentences_back(span.start, 3):
                return [self.met.repeat(i, span) for i in together]
            return []
        if _BOTH.fullmatch(raw.strip()):
            return self._both(span)
        if len(raw) > 300 or not re.search(r"\b(?:and|nor)\b", raw):
            return []
        return self._together(span) or self._speakers(span, via)

    def _both(self, span: Span) -> list[str]:
        """The two people that this sentence and the one before name outside quotations; none where they are not two."""
        begin = self.met.sentences_back(span.start, 1)
        first, last = bisect_left(self.named.starts, begin), bisect_left(self.named.starts, span.start)
        people = {
            e: None
            for start, end, e in self.named.mentions[first:last]
            if self.named.by_id[e].type == "person" and not self.named.in_quotation(start, end)
        }
        return [self.met.of_entity(e, span) for e in people] if len(people) == 2 else []

    def _together(self, span: Span) -> list[str]:
        """The outlets and reporters that are all a span names."""
        inside = self.named.inside(span)
        carriers = [e for _, _, e in inside if self.named.is_carrier(e)]
        joined = all(
            re.fullmatch(
                r"\s*(?:,|and|, and)\s*(?:the\s+)?", self.named.text[inside[i][1] : inside[i + 1][0]], re.IGNORECASE
            )
            for i in range(len(inside) - 1)
        )
        if len(set(carriers)) < 2 or len(carriers) != len(inside) or not joined:
            return []
        return [self.met.of_entity(e, span) for e in dict.fromkeys(carriers)]

    def _speakers(self, span: Span, via: tuple[str, ...]) -> list[str]:
        """The people and bodies, named or not, that "and" joins in a span; none where it may be one name or group."""
        raw = span.of(self.named.text)
        joins = list(re.finditer(r",?\s+(?:and|nor)\s+", raw))
        if len(joins) != 1:
            return []
        join = joins[0]
        start, end = span.start + join.start(), span.start + join.end()
        if any(m[0] < end and start < m[1] for m in self.named.inside(span)):
            return []  # "Fenn and Sons"
        lead = re.match(r"(?:both|neither|either)\s+", raw, re.IGNORECASE)
        begin = span.start + (lead.end() if lead else 0)
        parts: list[Span] = []
        apart = False  # whether the piece before "and" only tells of the name before it
        for piece in re.finditer(r"[^,]+", self.named.text[begin:start]):
            cut = piece.group().strip()
            apart = bool(parts) and (not cut[:1].isupper() or bool(re.match(r"[DR]-", cut)))
            if apart:
                continue  # "Ada Quill, a clerk, and Bo Fenn": what stands after the name tells of her
            parts.append(Span(begin + piece.start() + piece.group().index(cut), begin + piece.end()) if cut else span)
        comma = self.named.text.find(",", end, span.end)
        parts.append(Span(end, comma if comma > 0 else span.end))
        if (
            (apart and not join.group().startswith(","))
            or span in parts
            or len(parts) < 2
            or any(p.start >= p.end for p in parts)
        ):
            return []
        kinds = [self._speaker(p) for p in parts]
        right = parts[-1].of(self.named.text)
        linked = any(w.key in HEAD_ENDS for p in parts[:-1] for w in words(p.of(self.named.text)))
        if None in kinds or (linked and not re.match(r"(?:a|an|the|his|her|their|its|one|two)\b", right)):
            return []  # "aides to Fenn and Quill"
        types = {self.named.by_id[k].type for k in kinds[:-1] if k in self.named.by_id}
        if len(types) > 1:
            return []  # "Ada Quill, Democrat of Harrow and a member of the council"
        named = {k for k in kinds if k not in {"one", "many"}}
        if len(named) + kinds.count("one") + kinds.count("many") < len(parts) or kinds.count("many") == len(parts):
            return []
        if len(named) == 0 and kinds != ["one"] * len(parts):
            return []
        found = [i for i in (self.source(p, via) for p in parts) if i]
        if len(set(found)) < 2:
            return []
        found = list(dict.fromkeys(found))
        self._last.append((parts[0].start, parts[-1].start, tuple(found)))
        return found

    def _speaker(self, part: Span) -> str | None:
        """What a part of a joint phrase is: a named one's id, "one" or "many" without a name; None where unsure."""
        shown = " ".join(part.of(self.named.text).split())
        if re.match(r"(?:he|she)$", shown):
            return "one"
        core = self.named.core(part)
        if core is None:
            return None
        entity = (
            self.named.entity_in(core)
            or self.named.ending(core)
            or self.named.surname(" ".join(core.of(self.named.text).split()))
        )
        form = words(shown)
        if entity is not None:
            inside = self.named.inside(part)
            if self.named.by_id[entity].type == "organisation":
                whole = self.named.whole(core, entity) and not form[-1].key.endswith("s")
                return entity if whole else None
            return entity if self.named.by_id[entity].type == "person" and inside else None
        head = head_of(form, shown)
        if head is None or not is_people(head):
            return None
        if head != singular(head):
            return "many"
        return "one" if re.match(r"(?:an?|the|his|her|their|its|one|another)\b", shown, re.IGNORECASE) else None
