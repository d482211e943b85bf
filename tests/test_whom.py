"""Whom the words of a source mean: pronouns, names with more around them, several speakers, "the president"."""

import pytest

from headwater.model import Article, Attribution, Reading, Source, Span
from headwater.reading import FixedTagger, Tagged, Tags, names, read
from headwater.words import sentences


def marked(text: str) -> tuple[str, list[Tagged]]:
    """A text with its marks taken out, and what they mark: ``[source]``, ``<cue>``, ``{content}`` of one sentence.

    A line break in the marks ("|") divides attributions; each takes the marks up to the next one.
    """
    plain, tags = "", []
    for part in text.split("|"):
        spans: dict[str, list[Span]] = {"[": [], "<": [], "{": []}
        opened: list[tuple[str, int]] = []
        for sign in part:
            if sign in "[<{":
                opened.append((sign, len(plain)))
            elif sign in "]>}":
                kind, start = opened.pop()
                spans[kind].append(Span(start, len(plain)))
            else:
                plain += sign
        if any(spans.values()):
            tags.append(Tagged(cue=tuple(spans["<"]), source=tuple(spans["["]), content=tuple(spans["{"])))
    return plain, tags


def reading(text: str) -> Reading:
    """The reading of a marked text."""
    plain, tags = marked(text)
    article = Article(id="a", text=plain, language="en")
    found = names.find_names(plain, sentences(plain))
    return read(article, FixedTagger(tags=Tags(attributions=tuple(tags), names=found)))


def speakers(text: str) -> list[str]:
    """The speakers of a marked text as "kind: name", in order of what they say."""
    result = reading(text)
    known: dict[str, Source] = {s.id: s for s in result.sources}

    def shown(one: Attribution) -> str:
        source = known.get(one.source or "")
        return f"{source.kind}: {source.name}" if source else "none"

    return [shown(one) for one in result.attributions]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        pytest.param(
            "[Robert Fenn] <said> {the pier was closed}. |The pier pleased Daniel Quill. |[He] <said> {it leaked}.",
            "person: Robert Fenn",
            id="one named after a preposition does not speak",
        ),
        pytest.param(
            "[Robert Fenn] <said> {the pier was closed}. |He wrote to Daniel Quill, who saved the pier in 1990. "
            "|During a hearing, [he] <said> {it leaked}.",
            "person: Robert Fenn",
            id="nor one of whom a clause tells",
        ),
        pytest.param(
            "[Robert Fenn] <said> {the pier was closed}. |[Divers] <likened> {him} to Daniel Quill, who saved it.\n\n"
            "|In May, [he] <said> {it leaked}.",
            "person: Robert Fenn",
            id="nor one to whom others liken the speaker",
        ),
        pytest.param(
            "[Robert Fenn] <said> {the pier was closed}. |“Daniel Quill was drunk. Daniel Quill fell,” |"
            "[he] <said> {it leaked}.",
            "person: Robert Fenn",
            id="nor one whom a quotation names",
        ),
        pytest.param(
            "[Robert Fenn] <said> {the pier was closed}. |Daniel Quill, a clerk, left. |[He] <said> {it leaked}.",
            "person: Daniel Quill",
            id="another subject since",
        ),
        pytest.param(
            "[Mary Fenn] <said> {the pier was closed}. |{“It leaks. It always did. It is old. It must go. It is over. "
            "Nobody cares,”} [she] <said>.",
            "person: Mary Fenn",
            id="a long quotation is one thing said",
        ),
        pytest.param(
            "Robert Fenn resigned. |[Spokespeople for both piers] <declined> {to comment}. |[He] <said> {it leaked}.",
            "person: Robert Fenn",
            id="he is not several people",
        ),
        pytest.param(
            "[Mary Fenn] <said> {the pier was closed}. |[A spokeswoman for the Harbour Trust] <said> {it was open}. "
            "|[She] <added> {that it leaked}.",
            "organisation: Harbour Trust",
            id="a spokeswoman goes on",
        ),
        pytest.param(
            "[Aides to the mayor] <said> {the Senate was told}. |[They] <said> {it leaked}.",
            "anonymous: Aides to the mayor",
            id="they are the people who spoke",
        ),
        pytest.param(
            "The dossier was bound in May. |[It] <alleged> {that the pier was closed}.",
            "document: dossier",
            id="it is the paper told of before",
        ),
        pytest.param(
            "[The Harbour Trust] <said> {the dossier was bound in May}. |[It] <said> {that the pier was closed}.",
            "organisation: Harbour Trust",
            id="it is who spoke, not a paper",
        ),
        pytest.param(
            "Ada Fenn Jr. sold the pier. |[Fenn] <said> {it leaked}.",
            "person: Ada Fenn Jr.",
            id="a surname before Jr.",
        ),
        pytest.param(
            "The pier was praised by Daniel Quill and Robert Fenn. |[He] <said> {it leaked}.",
            "unspecified: he",
            id="one of two who did nothing",
        ),
    ],
)
def test_pronouns(text: str, last: str) -> None:
    """Whoever spoke last goes on, unless another was the subject of a sentence since; doubt gives no name."""
    assert speakers(text)[-1] == last


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        pytest.param(
            "Ada Quill resigned. |[Envoy to the Harbour Council Ada Quill] <said> {it leaked}.",
            "person: Ada Quill",
            id="an office with a body in it",
        ),
        pytest.param(
            "Ada Quill resigned. |[Assistant to the Mayor Ada Quill] <said> {it leaked}.",
            "person: Ada Quill",
            id="an office with an office in it",
        ),
        pytest.param(
            "Ada Quill resigned. |[Quill of Harrow] <said> {it leaked}.", "person: Ada Quill", id="of a place"
        ),
        pytest.param("Ada Quill resigned. |[A weary Quill] <said> {it leaked}.", "person: Ada Quill", id="a look"),
        pytest.param("Ada Quill resigned. |[Ms. Quill’s] <claim> {that it leaked}.", "person: Ada Quill", id="whose"),
        pytest.param(
            "Ada Quill resigned. |[A lawyer for Ms. Quill] <said> {it leaked}.",
            "anonymous: lawyer for Ms. Quill",
            id="another than the one named",
        ),
        pytest.param(
            "Ada Quill resigned. |[Open Harbours, a new group that opposes Quill,] <said> {it leaked}.",
            "organisation: Open Harbours",
            id="what follows a name",
        ),
        pytest.param("[The] <said> {it leaked}.", "none", id="an article"),
        pytest.param("[Mr.] <said> {it leaked}.", "none", id="a courtesy title"),
        pytest.param("[As] <said> {it leaked}.", "none", id="a joining word"),
    ],
)
def test_names_in_sources(text: str, speaker: str) -> None:
    """A phrase for a named person means that person, whatever else it names; words that name nobody name nobody."""
    assert speakers(text)[-1] == speaker


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("[Ada Quill and Bo Fenn] <said> {it leaked}.", ["person: Ada Quill", "person: Bo Fenn"], id="two"),
        pytest.param(
            "Ada Quill and Bo Fenn left. |[Neither Quill nor Fenn] <said> {it leaked}.",
            ["person: Ada Quill", "person: Bo Fenn"],
            id="neither",
        ),
        pytest.param(
            "[Ada Quill (R-AZ) and Bo Fenn of Harrow] <said> {it leaked}.",
            ["person: Ada Quill", "person: Bo Fenn"],
            id="with their places",
        ),
        pytest.param(
            "[Ada Quill and her attorney] <said> {it leaked}.",
            ["person: Ada Quill", "anonymous: her attorney"],
            id="and her attorney",
        ),
        pytest.param(
            "[Ada Quill and senior engineers] <said> {it leaked}.",
            ["person: Ada Quill", "anonymous: senior engineers"],
            id="and unnamed people",
        ),
        pytest.param(
            "[A senior officer and a source with knowledge of the pier] <said> {it leaked}.",
            ["anonymous: senior officer", "anonymous: source with knowledge of the pier"],
            id="two unnamed",
        ),
        pytest.param(
            "[Ada Quill and Bo Fenn] <said> {it leaked}. |[They] <vowed> {to mend it}.",
            ["person: Ada Quill", "person: Bo Fenn"] * 2,
            id="they",
        ),
        pytest.param(
            "[Aides to Ada Quill and Bo Fenn] <said> {it leaked}.",
            ["anonymous: Aides to Ada Quill and Bo Fenn"],
            id="aides to two",
        ),
        pytest.param(
            "[The harbour and bridge trusts] <said> {it leaked}.",
            ["unspecified: The harbour and bridge trusts"],
            id="bodies that share a word",
        ),
        pytest.param("[Johnson and Johnson] <said> {it leaked}.", ["organisation: Johnson and Johnson"], id="one firm"),
        pytest.param(
            "Bo Fenn left. |[Ada Quill, who wrote for both Rex Dunn and Bo Fenn] <said> {it leaked}.",
            ["person: Ada Quill"],
            id="an and in what tells of one",
        ),
        pytest.param("[Engineers and divers] <said> {it leaked}.", ["anonymous: Engineers and divers"], id="one crowd"),
    ],
)
def test_several_speakers(text: str, wanted: list[str]) -> None:
    """Speakers that "and" joins have an attribution each; names and groups that hold an "and" stay one."""
    assert sorted(speakers(text)) == sorted(wanted)
    assert len({a.id for a in reading(text).attributions}) == len(wanted)


@pytest.mark.parametrize(
    ("text", "last"),
    [
        pytest.param(
            "Governor Ada Quill and Governor Bo Fenn met. |[Quill] <said> {it was closed}. "
            "|[The governor] <said> {it leaked}.",
            "person: Ada Quill",
            id="the holder who spoke last",
        ),
        pytest.param(
            "Governor Ada Quill and Governor Bo Fenn met. |[The governor] <said> {it leaked}.",
            "unspecified: governor",
            id="one of two holders",
        ),
        pytest.param("[The cameraman] <said> {it leaked}.", "anonymous: cameraman", id="a man without a name"),
        pytest.param(
            "Harbour Watch, a new group that mends piers, met. |[The group] <said> {it leaked}.",
            "organisation: Harbour Watch",
            id="the group told of",
        ),
        pytest.param(
            "[Ada Quill] <said in a statement> {the pier was closed}. |[The statement] <said> {it leaked}.",
            "person: Ada Quill",
            id="whose statement",
        ),
    ],
)
def test_definite_descriptions(text: str, last: str) -> None:
    """Words like "the governor" and "the group" mean the one so described before; doubt gives no name."""
    assert speakers(text)[-1] == last


FIRM = "Ferrivar Industries makes pumps. Ferrivar Industries sells pumps. "


@pytest.mark.parametrize(
    ("text", "last"),
    [
        pytest.param(
            f"{FIRM}Ferrivar Industries fell. [The Swedish company] <said> {{it leaked}}.",
            "organisation: Ferrivar Industries",
            id="the firm that the article is about",
        ),
        pytest.param(
            f"{FIRM}[The Swedish company] <said> {{it leaked}}. Ferrivar Industries fell.",
            "organisation: Ferrivar Industries",
            id="named again only later",
        ),
        pytest.param(
            f"{FIRM}Harrow Industries buys pumps. [The Swedish company] <said> {{it leaked}}.",
            "organisation: Swedish company",
            id="one of two firms",
        ),
        pytest.param(
            f"{FIRM}Ferrivar Industries fell. [The pump giant’s statement] <said> {{it leaked}}.",
            "organisation: Ferrivar Industries",
            id="its statement",
        ),
        pytest.param(
            f"{FIRM}Ferrivar Industries fell. [The federal court] <said> {{it leaked}}.",
            "organisation: federal court",
            id="no firm",
        ),
        pytest.param(
            f"{FIRM}Ferrivar Industries fell. [A Swedish company] <said> {{it leaked}}.",
            "organisation: Swedish company",
            id="another firm",
        ),
        pytest.param(
            "Rep. Ada Fenn left. [The seven-term lawmaker] <said> {it leaked}.", "person: Ada Fenn", id="the lawmaker"
        ),
        pytest.param(
            "Rep. Ada Fenn left. [The new Democratic congresswoman] <said> {it leaked}.",
            "person: Ada Fenn",
            id="the congresswoman",
        ),
        pytest.param(
            "Rep. Robert Fenn left. [The congresswoman] <said> {it leaked}.", "person: congresswoman", id="another one"
        ),
        pytest.param(
            "Rep. Ada Fenn met Sen. Bo Quill. [The lawmaker] <said> {it leaked}.", "unspecified: lawmaker", id="two"
        ),
        pytest.param(
            "Former Rep. Ada Fenn left. [The lawmaker] <said> {it leaked}.", "person: lawmaker", id="of yesterday"
        ),
        pytest.param("Ada Fenn left. [Her office] <said> {it leaked}.", "organisation: Fenn’s office", id="her office"),
        pytest.param("It rained. [Her office] <said> {it leaked}.", "unspecified: her office", id="whose office"),
        pytest.param(
            "Ada Fenn sued. Fenn’s lawyer, Bo Quill, left. Fenn wept. [Her lawyer] <said> {it leaked}.",
            "person: Bo Quill",
            id="her lawyer",
        ),
        pytest.param(
            "Ada Fenn sued. Bo Quill’s lawyer, Robert Moe, left. Fenn wept. [Her lawyer] <said> {it leaked}.",
            "anonymous: Her lawyer",
            id="another's lawyer",
        ),
        pytest.param(
            "Ada Fenn left. [Her Facebook post] <said> {it leaked}.", "person: Ada Fenn", id="her post on Facebook"
        ),
        pytest.param("[A Twitter post] <said> {it leaked}. Twitter fell.", "document: Twitter post", id="a platform"),
        pytest.param("[Some] <said> {it leaked}.", "unspecified: Some", id="some"),
        pytest.param(
            "[Harrow pilot Robert Fenn] <said> {it leaked}.", "person: Robert Fenn", id="a name after a trade"
        ),
    ],
)
def test_who_is_described(text: str, last: str) -> None:
    """A description means the firm or the office holder whom the article shows it to be; in doubt it stays itself."""
    assert speakers(text)[-1] == last


def test_two_statements_are_two_documents() -> None:
    """A statement and another one of the same article do not become one source."""
    result = reading("[A statement] <said> {it leaked}. |Rain fell. |[A statement] <said> {it held}.")
    assert len({a.source for a in result.attributions}) == 2


@pytest.mark.parametrize(
    ("text", "last"),
    [
        pytest.param(
            "A walk to the Harrow weir headquarters in July included top council leaders [who] <said> {it leaked}.",
            "anonymous: top council leaders",
            id="who: back to the verb before",
        ),
        pytest.param(
            "It was put to the three unnamed engineers [who] <said> {it leaked}.",
            "anonymous: three unnamed engineers",
            id="who: with their number",
        ),
        pytest.param(
            "It was put to clerks. They sit with the two backbench MPs [who] <said> {it leaked}.",
            "anonymous: two backbench MPs",
            id="who: people of a party",
        ),
        pytest.param(
            "[The top-secret planning order, issued in late spring,] <says> {it leaked}.",
            "document: top-secret planning order",
            id="a paper without what tells of it",
        ),
        pytest.param("[History] <has shown> {that it leaks}.", "none", id="history is nobody"),
        pytest.param("[The week ahead] <suggests> {it leaks}.", "none", id="nor is a week"),
        pytest.param(
            "The Harrow Alliance sued on Monday. [The group] <said> {it leaked}.",
            "organisation: Harrow Alliance",
            id="the one group named before",
        ),
        pytest.param(
            "The Waterways Ministry was asked. Harrow Power was not. [The ministry] <said> {it leaked}.",
            "organisation: Waterways Ministry",
            id="the ministry of two bodies",
        ),
        pytest.param(
            "The clerks called it what [what the senators] <said> {was a leak}.",
            "anonymous: senators",
            id="without what leads up to them",
        ),
        pytest.param("[Initial estimates] <show> {it leaks}.", "unspecified: Initial estimates", id="no name"),
        pytest.param(
            "[retired neurosurgeon Ada Fenn] <said> {it leaks}. Ada Fenn left.",
            "person: Ada Fenn",
            id="her trade before",
        ),
        pytest.param("[34 Tories] <said> {it leaks}.", "anonymous: 34 Tories", id="so many of a party"),
        pytest.param(
            "[The family of Ada Fenn] <said> {it leaks}. Ada Fenn left.", "anonymous: family of Ada Fenn", id="a family"
        ),
    ],
)
def test_what_words_mean(text: str, last: str) -> None:
    """The words for a source are cut where they end, and tied to whom was named only where one alone fits."""
    assert speakers(text)[-1] == last


@pytest.mark.parametrize(
    ("text", "last"),
    [
        pytest.param("[54 percent of voters] <supported> {the lock}.", "none", id="a share"),
        pytest.param("[A majority of Puerto Ricans] <supported> {the lock}.", "none", id="a majority"),
        pytest.param("[Most voters] <said> {it leaks}.", "none", id="most voters"),
        pytest.param("[More than 900,000 residents] <said> {it leaks}.", "none", id="very many"),
        pytest.param("[Many Mexicans] <believe> {it leaks}.", "none", id="a people"),
        pytest.param("[Nine in ten] <said> {it leaks}.", "none", id="nine in ten"),
        pytest.param("[Two voters] <said> {it leaks}.", "anonymous: Two voters", id="two that were asked"),
        pytest.param("[Democrats] <said> {it leaks}.", "anonymous: Democrats", id="a party"),
        pytest.param(
            "[officials in three states] <said> {it leaks}.", "anonymous: officials in three states", id="few"
        ),
        pytest.param(
            "[People close to the mayor] <said> {it leaks}.", "anonymous: People close to the mayor", id="close"
        ),
        pytest.param("[no ships or crew were lost] <said> {it leaks}.", "none", id="no one"),
        pytest.param("[No. 2 Works] <said> {it leaks}.", "organisation: No. 2 Works", id="a number"),
        pytest.param("[This article] <has been corrected to say> {it leaks}.", "none", id="this article"),
        pytest.param("[An earlier version of this story] <said> {it leaks}.", "none", id="an earlier version"),
        pytest.param("Correction: [The article] <misstated> {how it leaks}.", "none", id="in a correction"),
        pytest.param("[The report] <has been updated to say> {it leaks}.", "none", id="an amended report"),
        pytest.param("[The report] <says> {it leaks}.", "document: report", id="another's report"),
        pytest.param("[CLARIFICATION]: {It leaks}.", "none", id="a heading"),
        pytest.param("Bo met [a pilot] <accused of> {sinking the ferry}.", "none", id="the accused"),
        pytest.param("Bo met [a] pilot <accused of> {sinking the ferry}.", "none", id="the accused, cut off"),
        pytest.param("[Ada Quill] was <charged with> {sinking the ferry}.", "none", id="the charged"),
        pytest.param(
            "[Ada Quill] <accused> {Bo of sinking it}. Ada Quill left.", "person: Ada Quill", id="the accuser"
        ),
    ],
)
def test_nobody(text: str, last: str) -> None:
    """The public at large, no one, and a newsroom's own notes are no source; few people, parties and papers are."""
    assert speakers(text)[-1] == last


@pytest.mark.parametrize(
    ("text", "last"),
    [
        pytest.param("{It leaks}, <said> [by Ada Quill on Friday].", "person: Ada Quill", id="by and on"),
        pytest.param("[Ada Quill last week] <said> {it leaks}.", "person: Ada Quill", id="last week"),
        pytest.param("[Ada Quill for] <said> {it leaks}.", "person: Ada Quill", id="for"),
        pytest.param(
            "[Quill ― who kept the lock] <said> {it leaks}. Ada Quill left.", "person: Ada Quill", id="a dash"
        ),
        pytest.param("the clerk [whom the indictment] <says> {it leaked}.", "document: indictment", id="whom"),
        pytest.param("[Robert Sunday] <said> {it leaks}.", "organisation: Robert Sunday", id="a name like a day"),
        pytest.param(
            "[a report released on Friday] <says> {it leaks}.", "document: report released on Friday", id="ed"
        ),
        pytest.param("[official results on Friday] <show> {it leaks}.", "document: official results", id="results"),
        pytest.param("[Sen. Bill Fenn (R-Pell)] <said> {it leaks}.", "person: Bill Fenn", id="Bill"),
        pytest.param("[The dam bill] <says> {it leaks}.", "document: dam bill", id="a bill"),
        pytest.param("[The policy, specifically the one] <said> {it leaks}.", "document: policy", id="specifically"),
        pytest.param("He was accused by [women of the sea] <of> {lies}.", "anonymous: women", id="accused by"),
        pytest.param("[an amateur video surfaced] <showing> {a leak}.", "document: amateur video", id="surfaced"),
        pytest.param(
            "[Law enforcement officials] <said> {it leaks}.", "anonymous: Law enforcement officials", id="law"
        ),
        pytest.param("[The Times’ second] <claim is> {it leaks}. The Times left.", "outlet: Times", id="its second"),
        pytest.param(
            "Ada Quill ([R-Pell.), another member of the board], <said> {it leaks}.", "person: Ada Quill", id="torn off"
        ),
        pytest.param("[R-Pell.), another member of the board], <said> {it leaks}.", "none", id="torn off nobody"),
        pytest.param(
            "[Ada Quill in a long letter about the lock of the townMORE letters about the lock] <said> {it leaks}.",
            "person: Ada Quill",
            id="a page ran on",
        ),
        pytest.param("[Demonstrators] <said> {it leaks}.", "anonymous: Demonstrators", id="a plural that opens"),
    ],
)
def test_words_are_cut_to_the_source(text: str, last: str) -> None:
    """What leads up to a source, or only says when, is not its name."""
    assert speakers(text)[-1] == last


def test_two_named_before() -> None:
    """The two who were just named are meant by "both men"."""
    found = speakers("Robert Fenn met Daniel Quill in Harrow. [Both men] <said> {it leaked}.")
    assert found == ["person: Robert Fenn", "person: Daniel Quill"]


def test_long_words_after_an_office() -> None:
    """A title before a word of any length is read in linear time."""
    assert len(speakers(f"[The president {'a' * 5000},,] <said> {{it leaked}}.")) == 1
    assert len(speakers(f"[{'A' * 5000}; a] <said> {{it leaked}}.")) == 1
