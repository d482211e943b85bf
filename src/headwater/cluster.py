"""Which articles tell one story: articles in, stories out.

Likeness is that of the rarer words of title and first paragraphs (TF-IDF), less for articles days apart; groups are
joined while the likeness between all their members is high enough on average (average link). So that two articles can
be judged by themselves, the rarity of words is taken from the batch and from a built-in list of common news words.
"""

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from headwater.dates import day_of
from headwater.model import Article, Span, Story, stable_id
from headwater.words import outside, words

# Share of English news articles that hold a word, for words in 5 % of them or more: counted on the first 3,000
# characters of 2,796 articles of 2016 to 2020, names and numbers left out. Other words are taken to be in 0.2 %.
_COMMON = {
    0.5: """
a about after all also an and are as at be been but by for from had has have he his house i if in is it more new no
not of on one or other out over people president said than that the their there they this to up us was we were what
when which who will with would
""",
    0.3: """
according administration against american any back because before being between both called campaign can could country
day democratic democrats did do don't down during election even federal first former get going government her him how
including into its just last like made make many may monday most national news now officials only our party political
presidential public republican republicans say saying says secretary she should since so some state statement states
still support take them think those through time told tuesday two under united very way wednesday week well where
whether while white year years you
""",
    0.14: """
across act action added again ago already am america americans among announced another around asked attack attorney
away become believe big business call came candidate candidates case change chief clear close come comes committee
congress congressional conservative continue continued court days deal debate decision democrat department despite
didn't director does doesn't earlier early economic effort efforts end every expected face fact family far few fight
following foreign found four friday full general given go good got great group health help here himself history home
however i'm information interview investigation issue issues justice keep know late later law lead leader leaders
least left legal less let likely little long look lot major majority making march me media meeting members might
million money month months morning move mr much must my nation nearly need never next night nomination nominee number
off office official order others own part past percent person place plan point policy possible post power press
primary process put question questions race really recent released rep report reported reporters reports response
right same second security see seen sen senate senator set several show something special such sunday taking then
these things though three thursday times today too took top trying tweeted until use used vote voters votes wall want
war we're weeks why win without work working world wrote yet your
""",
    0.07: """
able access account accused actions actually adding address adviser afternoon agency agenda agreed agreement ahead
allegations alleged allies allow allowed almost along although always amid announcement anyone anything appeared april
argued attacks attempt bad ban based battle became began begin behind best better biggest billion black border bring
brought build calling calls can't cannot capitol care cases center certain chairman changes charges children city
civil claim claimed claims com coming comment comments community companies company concerns conference confirmed
control convention counsel countries course criminal crisis critical criticism critics crowd current currently cut
daily data death decades december decided declared declined defense denied described details different district
documents doing dollars done due each economy eight either elected elections email enforcement enough especially
evening event events ever everyone everything evidence executive failed families february feel final financial find
fire fired five focus force forward free friends funding further future gave getting give global gov governor groups
growing happen happened hard having head hearing held high hill hit hold hope hours human hundreds i've idea illegal
images immediately immigrants immigration important include included includes increase instead intelligence interest
international involved isn't issued january job jobs judge july june key killed kind known large latest lawmakers laws
lawyer leadership leading leave led legislation letter level liberal life line live lives local longer looking lost
makes man matter mayor means meanwhile meet member men message met middle military millions minister minority moment
movement multiple name needed needs north noted nothing november numbers october offered often once open opportunity
organization outside particularly pass passed pay personal phone planned plans play pm points police policies politics
poll polls position potential presidency pressure previous previously private probe problem program proposal protect
provide publicly push quickly raised rally rather read real reason received recently record related release remain
remains remarks repeatedly request respond responded result rights risk role rules run running saturday school seeking
senators senior sent september series serious served service services seven short showed shows side sign signed
significant similar six small social someone soon sought south speak speaker speaking speech spending spoke spokesman
staff stage stand start started stay step stop story street strong suggested supporters supreme sure system taken talk
talking tax team tell terms text th themselves they're thing third thought thousands threat together total toward
trade trial tried true try turn turned tweet union university usa using vermont via vice victory video violence voted
voting wanted wants wasn't ways weekend went whom whose within woman women won won't words workers wrong year-old
you're young
""",
}
_SHARE = {word: share for share, text in _COMMON.items() for word in text.split()}
_OTHER_SHARE = 0.002
_PRIOR = 1000  # articles that the list above counts for against the batch

_LEAD = 600  # words of the text that are read
_LEAD_LENGTH = 12_000  # code points in which they are looked for
_TITLE = 0.2  # weight of the likeness of titles alone, beside that of titles and texts together
_KEYWORDS = 30  # rarest words of an article by which others are found
_CROWD = 200  # articles of about one date that may share such a word before it proposes nothing
_DAYS = 14  # no story of ours reaches from one article to another over more days
_PER_DAY = 0.35  # likeness falls off by exp(-this) a day ...
_FAR = 0.2  # ... down to this part of it
_UNDATED = 1.5  # days between two articles of which one bears no date
_ALIKE = 0.12  # average likeness from which groups are one story

_Vector = dict[str, float]


@dataclass(frozen=True, slots=True)
class _Item:
    """An article as it is compared."""

    id: str
    day: int | None
    vector: _Vector
    title: _Vector


def stories(articles: Sequence[Article]) -> tuple[Story, ...]:
    """Group the articles that tell one story.

    The thresholds were chosen on editors' round-ups (``benchmarks/stories.py``).

    Args:
        articles: in any order; ids must differ.

    Returns:
        Stories in order of their first article; each article is in exactly one, alone if nothing is like it.
    """
    items = _items(sorted(articles, key=lambda a: a.id))
    groups = _average_link(len(items), _likenesses(items))
    found = [tuple(sorted(items[number].id for number in group)) for group in groups]
    return tuple(Story(story=stable_id("story", *ids), articles=ids) for ids in sorted(found))


def _lead(article: Article) -> Iterator[str]:
    """The first words outside furniture."""
    left, read = _LEAD, 0
    foreign = article.language not in (None, "en")
    for block in outside(len(article.text), (piece.span for piece in article.furniture)):
        end = min(block.end, block.start + _LEAD_LENGTH - read)
        read += end - block.start
        for word in words(article.text, Span(block.start, end))[:left]:
            left -= 1
            # the list of common words is English: elsewhere short words that are no acronyms stand for the common ones
            if not (foreign and word.end - word.start <= 4 and not article.text[word.start : word.end].isupper()):
                yield word.key
        if left <= 0 or read >= _LEAD_LENGTH:
            return


def _items(articles: Sequence[Article]) -> list[_Item]:
    titles = [Counter(word.key for word in words((article.title or "")[:_LEAD_LENGTH])) for article in articles]
    texts = [Counter(_lead(article)) for article in articles]
    for counted, text in zip(titles, texts, strict=True):
        for word, times in counted.items():
            text[word] += 2 * times
    out = []
    for article, vector, title in zip(articles, _vectors(texts), _vectors(titles), strict=True):
        day = day_of(article.published) if article.published else None
        out.append(_Item(article.id, day.toordinal() if day else None, vector, title))
    return out


def _vectors(counts: Sequence[Mapping[str, int]]) -> list[_Vector]:
    """TF-IDF of unit length, sub-linear in the count."""
    held = Counter(word for count in counts for word in count)
    total = _PRIOR + len(counts)
    rarity = {word: max(0.0, math.log(total / (_SHARE.get(word, _OTHER_SHARE) * _PRIOR + held[word]))) for word in held}
    out = []
    for count in counts:
        weights = {word: (1 + math.log(times)) * rarity[word] for word, times in sorted(count.items())}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        out.append({word: weight / length for word, weight in weights.items() if weight})
    return out


def _likenesses(items: Sequence[_Item]) -> dict[tuple[int, int], float]:
    """Likeness of the pairs (by number, first smaller) that share a keyword and can be of one time."""
    postings: dict[str, list[int]] = defaultdict(list)
    # by date, so that only near ones are met; undated articles meet all
    by_day = sorted(range(len(items)), key=lambda n: (items[n].day or 0, n))
    for number in by_day:
        vector = items[number].vector
        for word in heapq.nsmallest(_KEYWORDS, vector, key=lambda w: (-vector[w], w)):
            postings[word].append(number)
    pairs = {pair for numbers in postings.values() for pair in _near(items, numbers)}
    return {pair: like for pair in sorted(pairs) if (like := _likeness(items[pair[0]], items[pair[1]])) > 0}


def _near(items: Sequence[_Item], numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Pairs of articles that bear dates near one another, or one of which bears none."""
    undated = [number for number in numbers if items[number].day is None]
    dated = numbers[len(undated) :]
    first = 0
    for place, number in enumerate(dated):
        while (items[number].day or 0) - (items[dated[first]].day or 0) > _DAYS:
            first += 1
        if place - first <= _CROWD:
            for other in dated[first:place]:
                yield min(number, other), max(number, other)
    if len(undated) * len(numbers) <= _CROWD * _CROWD:
        for place, number in enumerate(undated):
            for other in [*undated[:place], *dated]:
                yield min(number, other), max(number, other)


def _likeness(one: _Item, other: _Item) -> float:
    like = _cosine(one.vector, other.vector)
    if one.title and other.title:
        like = (like + _TITLE * _cosine(one.title, other.title)) / (1 + _TITLE)
    days = _UNDATED if one.day is None or other.day is None else abs(one.day - other.day)
    return like * max(_FAR, math.exp(-_PER_DAY * days))


def _cosine(one: _Vector, other: _Vector) -> float:
    if len(other) < len(one) or (len(other) == len(one) and list(other) < list(one)):
        one, other = other, one
    return sum(weight * other[word] for word, weight in one.items() if word in other)


def _average_link(count: int, likenesses: Mapping[tuple[int, int], float]) -> Iterable[list[int]]:
    """Join the two groups that are most alike on average, as long as they are alike enough."""
    members = {number: [number] for number in range(count)}
    total: dict[int, dict[int, float]] = defaultdict(dict)  # sum of likenesses between two groups
    for (one, other), like in likenesses.items():
        total[one][other] = total[other][one] = like
    waiting = [(-like, one, other) for (one, other), like in likenesses.items() if like >= _ALIKE]
    heapq.heapify(waiting)
    while waiting:
        unlike, one, other = heapq.heappop(waiting)
        if one not in members or other not in members:
            continue
        if total[one][other] / (len(members[one]) * len(members[other])) != -unlike:
            continue  # a group has grown since
        members[one] += members.pop(other)
        for third, like in sorted(total.pop(other).items()):
            del total[third][other]
            if third != one:
                total[one][third] = total[third][one] = total[one].get(third, 0.0) + like
        for third, like in sorted(total[one].items()):
            average = like / (len(members[one]) * len(members[third]))
            if average >= _ALIKE:
                heapq.heappush(waiting, (-average, min(one, third), max(one, third)))
    return members.values()
