import json
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater import outlets
from headwater.errors import InputError
from headwater.ingest import gather
from headwater.model import Article, Span
from headwater.outlets import OneOwner, Outlet, Table, counted_as, day_first, outlet_of, same_owner
from headwater.tracing.credit_lines import AGENCIES, credit_marks, is_own
from headwater.tracing.wire_lines import press_release, unnamed_wires

SHARED = Path(__file__).parents[2] / "shared" / "data" / "clusters" / "dev.jsonl"

ONE = {
    "a short name": ({"name": "BBC"}, "BBC"),
    "its newsroom": ({"name": "BBC News"}, "BBC"),
    "a domain as name": ({"name": "bbc.co.uk"}, "BBC"),
    "a host below it": ({"url": "https://www.bbc.co.uk/news/world-1"}, "BBC"),
    "another country's domain": ({"url": "https://www.bbc.com/news/articles/c1"}, "BBC"),
    "a mobile host": ({"url": "https://m.washingtontimes.com/news/x"}, "The Washington Times"),
    "an AMP host": ({"url": "https://amp.theguardian.com/world/x"}, "The Guardian"),
    "an AMP copy": (
        {"url": "https://www-bbc-co-uk.cdn.ampproject.org/c/s/www.bbc.co.uk/news/amp/x"},
        "BBC",
    ),
    "an AMP copy at Google": ({"url": "https://www.google.com/amp/s/www.mirror.co.uk/news/x.amp"}, "Daily Mirror"),
    "an archived page": ({"url": "https://web.archive.org/web/2020/https://www.nytimes.com/x"}, "The New York Times"),
    "a translated page": ({"url": "https://www-lemonde-fr.translate.goog/x?_x_tr_sl=fr"}, "Le Monde"),
    "a section after a dash": ({"name": "New York Times - News"}, "The New York Times"),
    "an edition in brackets": ({"name": "Fox News (Online)"}, "Fox News"),
    "a country's edition": ({"name": "HuffPost UK"}, "HuffPost"),
    "capitals and no article": ({"name": "USA TODAY"}, "USA Today"),
    "accents": ({"name": "Hurriyet Daily News"}, "Hürriyet Daily News"),
    "a path below a domain": ({"name": "yahoo.com/news"}, "Yahoo News"),
    "a host that ends alike": ({"url": "https://notbbc.com/x"}, None),
    "the Times of London": ({"name": "The Times", "url": "https://www.thetimes.co.uk/article/x"}, "The Times (UK)"),
    "some Times": ({"name": "The Times"}, None),
    "some Times of a town": ({"name": "The Times", "url": "https://www.torhaven-times.example/x"}, None),
    "the Times of India": ({"name": "The Times of India"}, "The Times of India"),
    "the New York Times": ({"name": "New York Times"}, "The New York Times"),
    "the British one is meant": ({"name": "The Guardian"}, "The Guardian"),
    "the address says Nigeria's": ({"name": "Guardian", "url": "https://guardian.ng/x"}, "The Guardian (Nigeria)"),
    "a Guardian of nobody known": ({"name": "The Guardian", "url": "https://ellery-guardian.example/x"}, None),
    "two broadcasters": ({"name": "ABC News"}, None),
    "the American one": ({"name": "ABC News", "url": "https://abcnews.go.com/x"}, "ABC News (US)"),
    "the Australian one": ({"name": "ABC News", "url": "https://www.abc.net.au/news/x"}, "ABC (Australia)"),
    "a column at a known address": ({"name": "Olle Brand", "url": "https://www.nytimes.com/x"}, "The New York Times"),
    "the name before the address": ({"name": "Reuters", "url": "https://www.nytimes.com/x"}, "Reuters"),
    "an aggregator": ({"url": "https://www.msn.com/en-us/news/x"}, "MSN"),
    "whose text an aggregator has": ({"url": "https://msn.com/x", "publisher": "The Independent"}, "The Independent"),
    "named on an aggregator": ({"name": "Associated Press", "url": "https://news.yahoo.com/x"}, "Associated Press"),
    "unknown on an aggregator": ({"name": "Torhaven Ledger", "url": "https://news.yahoo.com/x"}, None),
    "the publisher alone": ({"publisher": "Daily Express"}, "Daily Express"),
    "a paper nobody knows": ({"name": "Torhaven Ledger"}, None),
    "words that only end in a name": ({"name": "Torhaven Independent"}, None),
    "a general word more": ({"name": "Independent News"}, None),
    "nothing": ({}, None),
    "blank": ({"name": "  ", "url": "http://"}, None),
    "no address": ({"url": "http://[::1"}, None),
}  # fmt: skip


@pytest.mark.parametrize(("said", "name"), ONE.values(), ids=ONE)
def test_one_outlet_has_one_name_and_a_shared_name_is_nobodys(said: dict[str, str], name: str | None) -> None:
    """Names, editions, domains and copies lead to one row; a name that several bear needs an address."""
    found = outlet_of(**said)  # type: ignore[arg-type]
    assert (found.name if found else None) == name


def test_the_table_is_sound() -> None:
    """Every row has its year, source, country and kind; no domain, and no name that is enough, is two outlets'."""
    table = outlets.outlets()
    assert len(table.outlets) > 900
    domains = [domain for one in table.outlets for domain in one.domains]
    assert len(domains) == len(set(domains))
    names: dict[str, str] = {}
    for one in table.outlets:
        assert one.year >= 2025, one
        assert one.source, one
        assert len(one.country) == 2, one
        assert one.domains, one
        for name in (one.name, *one.also):
            key = outlets._key(name)
            assert names.setdefault(key, one.name) == one.name, (name, names[key])


def test_agencies_with_a_mark_are_in_the_table() -> None:
    """An agency that credit lines know is known as an outlet too, so that its own page is not taken for a copy."""
    services = {
        "PR Newswire",
        "GlobeNewswire",
        "Business Wire",
        "Accesswire",
        "EIN Presswire",
        "Newsfile",
        "Marketwired",
    }
    unknown = {name for name in AGENCIES if name not in services and outlet_of(name=name) is None}
    assert unknown == set()


def test_a_file_adds_rows_and_takes_names_and_domains(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """HEADWATER_OUTLETS names a table whose rows go before ours."""
    path = tmp_path / "mine.csv"
    path.write_text(
        "# ours\nname,domains,also,owner,country,kind\n"
        "Torhaven Ledger,ledger.example,The Ledger,Orlen Papers,KA,newspaper\nBBC,bbc.co.uk,,Another,GB,broadcaster\n"
    )
    monkeypatch.setenv("HEADWATER_OUTLETS", str(path))
    ledger, bbc = outlet_of(name="Ledger"), outlet_of(url="https://news.bbc.co.uk")
    assert ledger is not None
    assert (ledger.owner, ledger.country) == ("Orlen Papers", "KA")
    assert bbc is not None
    assert bbc.owner == "Another"
    assert outlet_of(name="Reuters") is not None
    monkeypatch.setenv("HEADWATER_OUTLETS", f"only:{path}")
    assert outlet_of(name="Reuters") is None


BAD = {
    "no such file": (None, "cannot be read"),
    "no column": ("title\nBBC\n", "no column 'name'"),
    "no such kind": ("name,kind\nBBC,station\n", "no kind 'station'"),
    "no year": ("name,year\nBBC,soon\n", "'soon' is no year"),
    "no name": ("name,owner\n ,X\n", "bears no name"),
    "not UTF-8": (b"name\n\xff\xfe\n", "cannot be read"),
}


@pytest.mark.parametrize(("content", "says"), BAD.values(), ids=BAD)
def test_a_table_that_cannot_be_used_is_refused_in_one_line(
    content: str | bytes | None, says: str, tmp_path: Path
) -> None:
    """The error says what is wrong and where."""
    path = tmp_path / "mine.csv"
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(InputError, match=says):
        outlets.load_outlets(path)


MINE = Table(
    [
        Outlet(name="Ledger", domains=("ledger.example",), owner="Orlen Papers", country="GB", kind="newspaper"),
        Outlet(name="Courier", also=("Courier Live",), owner="Orlen Papers", country="US", kind="newspaper"),
        Outlet(name="Beacon", owner="Hill Group", country="CA", kind="site"),
        Outlet(name="Gather", domains=("gather.example",), country="US", kind="aggregator"),
    ]
)


def piece(id: str, outlet: str | None = None, **fields: str) -> Article:
    """An article of which only the outlet matters."""
    return Article(id=id, text="Text.", outlet=outlet, **fields)  # type: ignore[arg-type]


def test_titles_of_one_owner_are_said_and_one_title_alone_is_not() -> None:
    """Two outlets of one owner are named with their articles; several articles of one outlet are no group."""
    story = [
        piece("c", "Courier Live"),
        piece("a", "Ledger"),
        piece("b", "Courier"),
        piece("d", "Beacon"),
        piece("e", "Beacon"),
        piece("f", "Ledger", owner="Somebody else"),
        piece("g"),
    ]
    found = (OneOwner("Orlen Papers", ("a", "b", "c"), ("Courier", "Ledger")),)
    assert same_owner(story, table=MINE) == found
    assert same_owner(reversed(story), table=MINE) == found


def test_an_outlet_counts_once_by_whatever_name() -> None:
    """Known outlets count by their row, others by their own words, and an article of nobody as one of its own."""
    keys = [counted_as(one, table=MINE) for one in (piece("a", "Courier Live"), piece("b", "The Courier"))]
    assert keys[0] == keys[1]
    assert counted_as(piece("a", "The Torhaven Sun")) == counted_as(piece("b", "Torhaven Sun"))
    assert counted_as(piece("a")) != counted_as(piece("b"))
    assert counted_as(piece("a", "Ledger"), table=MINE) == counted_as(
        piece("b", url="https://ledger.example/x"), table=MINE
    )


def test_an_article_that_comes_in_bears_its_owner_and_keeps_its_outlets_name() -> None:
    """The caller's name stays; an address alone gives the known outlet's name, an unknown one its host."""
    lines = [
        {"id": "a", "text": "x", "outlet": "BBC News online"},
        {"id": "b", "text": "x", "url": "https://www.manchestereveningnews.co.uk/news/x"},
        {"id": "c", "text": "x", "url": "https://www.torhaven-ledger.example/x"},
        {"id": "d", "text": "x", "outlet": "Daily Mirror", "owner": "Somebody else"},
    ]
    assert [(one.outlet, one.owner) for one in gather(lines).articles] == [
        ("BBC News online", "BBC"),
        ("Manchester Evening News", "Reach plc"),
        ("torhaven-ledger.example", None),
        ("Daily Mirror", "Somebody else"),
    ]


@pytest.mark.parametrize(
    ("outlet", "first"),
    [("Ledger", True), ("Courier", False), ("Beacon", None), ("Gather", None), ("Nobody", None)],
)
def test_the_order_of_day_and_month_is_the_outlets_countrys(outlet: str, first: bool | None) -> None:
    """British day first, American month first; Canada writes both, and an aggregator what it gets."""
    assert day_first(name=outlet, table=MINE) is first


@given(st.text(max_size=80), st.text(max_size=120))
def test_no_text_breaks_it(name: str, url: str) -> None:
    """Whatever a page says of itself, there is a row or None, and a key that does not depend on the call."""
    outlet_of(name=name, url=url, publisher=name)
    outlet_of(url=f"https://{url}")
    assert counted_as(piece("a", name, url=url)) == counted_as(piece("a", name, url=url))


@given(st.sampled_from(outlets.outlets().outlets), st.text(string.ascii_lowercase, min_size=1, max_size=9))
def test_every_row_is_found_by_its_name_and_domains(one: Outlet, below: str) -> None:
    """Its own name, each domain and the hosts below lead to the row, unless another row has that host."""
    assert outlet_of(name=one.name) == one
    for domain in one.domains:
        assert outlet_of(url=f"https://{domain}/x") == one
        assert outlet_of(url=f"http://{below}{below}.{domain}") == one


BODY = (
    "The harbour board of Port Ellery voted on Tuesday to close the old quay after months of argument.\n\nIt is late.\n"
)
AP, PTI, ANI = (
    ("Associated Press", "Associated Press"),
    ("Press Trust of India", "PTI"),
    ("Asian News International", "ANI"),
)
MARKS = {
    "a slug in strokes": (f"TORHAVEN, November 3. /TASS/. {BODY}", [("TASS", "TASS")]),
    "an Indian slug": (f"Torhaven [Karelund], November 3 (ANI): {BODY}", [("Asian News International", "ANI")]),
    "no dash": (f"Torhaven, Nov 3 (PTI) {BODY}", [("Press Trust of India", "PTI")]),
    "an agency in a place": (f"Quay to close\n\nReuters in Torhaven\n\n{BODY}", [("Reuters", "Reuters")]),
    "a person and an agency": (f"Quay to close\n\nAnn Lee, AAP\n\n{BODY}", [("Australian Associated Press", "AAP")]),
    "a paper's service": (f"Quay to close\n\nMorning Ledger (TNS)\n\n{BODY}", [("Tribune News Service", "TNS")]),
    "a desk's list": (f"{BODY}\nac/rt (dpa, AFP)\n", [("dpa", "dpa"), ("Agence France-Presse", "AFP")]),
    "a sign-off": (f"{BODY}\n--IANS\n", [("Indo-Asian News Service", "IANS")]),
    "a sign-off in brackets": (f"{BODY.strip()} (ANI)\n", [("Asian News International", "ANI")]),
    "a source line": (f"{BODY}\nSource: AFP\n", [("Agence France-Presse", "AFP")]),
    "inputs": (f"{BODY}\n(With inputs from PTI and ANI)\n", [PTI, ANI]),
    "compiled": (f"{BODY}\nCompiled from AP reports.\n", [("Associated Press", "AP")]),
    "material": (f"{BODY}\nThis report contains material from Reuters.\n", [("Reuters", "Reuters")]),
    "reported by": (f"{BODY}\nThis story was reported by The Associated Press.\n", [AP]),
    "additional reporting": (f"{BODY}\nAdditional reporting by the Associated Press\n", [AP]),
    "writers contributed": (f"{BODY}\n• Associated Press writers Ann Lee and Bo Moss contributed.\n", [AP]),
    "a house style": (
        f"{BODY}\n(Reporting by Ann Lee and Bo Moss; Editing by Cy Tarn)\n",
        [("Reuters", "Reporting by Ann Lee and Bo Moss; Editing by Cy Tarn")],
    ),
    "principles": (f"{BODY}\nOur Standards: The Thomson Reuters Trust Principles.\n", [("Reuters", "Thomson Reuters")]),
    "a release": (f"TORHAVEN, Nov. 3, 2025 /PRNewswire/ -- {BODY}", [("PR Newswire", "PRNewswire")]),
    "a mention": (f"Quay to close\n\nThe mayor told the Associated Press so. Reuters had the same.\n\n{BODY}", []),
    "quoted by": (f'Quay to close\n\nIt was lost, he said, as quoted by AFP news agency.\n\n{BODY}', []),
    "an extract": (f"{BODY}\nThe quay is lost. (AP)\n\nSo much for that paper, and now to the board.\n", []),
    "a picture": (f"Quay to close\n\nAnn Lee/AFP/Getty Images\n\n{BODY}", []),
    "inputs of farmers": (f"Quay to close\n\nWith inputs from farmers the plan was drawn.\n\n{BODY}", []),
    "a reporter": (f"{BODY}\nAdditional reporting by Bo Moss\n", []),
}  # fmt: skip


@pytest.mark.parametrize(("text", "marks"), MARKS.values(), ids=MARKS)
def test_an_agencys_marks_are_found_and_mentions_are_none(text: str, marks: list[tuple[str, str]]) -> None:
    """Slugs, desks, sign-offs, inputs and reporters' lines name whose text it is; a mention does not."""
    assert [(name, span.of(text)) for name, span in credit_marks(Article(id="a", text=text))] == marks


UNNAMED = {
    "wires": ("From wire reports", True),
    "staff and wires": ("By Staff and wires", True),
    "a paper's staff": ("Ledger staff and agencies", True),
    "agencies": ("News Agencies", True),
    "inputs": ("(With inputs from agencies)", True),
    "in part": ("• This article is based in part on wire service reports.", True),
    "a sentence": ("News agencies were told to leave the quay.", False),
    "wire": ("The wire was cut.", False),
}


@pytest.mark.parametrize(("line", "found"), UNNAMED.values(), ids=UNNAMED)
def test_agencies_that_are_not_named_are_pointed_to(line: str, found: bool) -> None:
    """Such a line says that the text is not all the outlet's own, and no more."""
    text = f"Quay to close\n\n{BODY}\n{line}\n"
    spans = unnamed_wires(Article(id="a", text=text))
    assert bool(spans) == found
    assert credit_marks(Article(id="a", text=text)) == ()


def test_a_press_release_is_its_issuers_document() -> None:
    """The name after SOURCE issued it; without one only the service is known; an article is no release."""
    text = f"TORHAVEN, Nov. 3, 2025 /PRNewswire/ -- {BODY}\nSOURCE Ellery Boats Inc.\n"
    issued = press_release(Article(id="a", text=text))
    assert issued is not None
    assert issued[0] == "Ellery Boats Inc"
    assert issued[1].of(text) == "Ellery Boats Inc"
    served = press_release(Article(id="a", text=f"TORHAVEN (GLOBE NEWSWIRE) -- {BODY}"))
    assert served is not None
    assert served[:2] == (None, Span(10, 24))
    assert press_release(Article(id="a", text=BODY)) is None


def test_an_outlets_own_mark_is_own_by_address_too() -> None:
    """An opinion page of a broadcaster that names it in its slug credits nobody else."""
    article = Article(id="a", text=f"(CNN) {BODY}", outlet="Guest column", url="https://www.cnn.com/2019/x")
    assert is_own(article, "CNN")
    assert not is_own(article, "Reuters")


@given(
    st.lists(st.sampled_from(["(AP)", "Reuters", "/", " - ", "\n", "By ", "Reporting by A B; ", "É", "(", "SOURCE X"]))
)
def test_marks_lie_in_any_text(parts: list[str]) -> None:
    """Spans are not empty and lie within the text, whatever it is."""
    article = Article(id="a", text="".join(parts))
    for span in (*(span for _, span in credit_marks(article)), *unnamed_wires(article)):
        assert 0 <= span.start < span.end <= len(article.text)


@pytest.mark.real
def test_real_names_and_addresses_agree() -> None:
    """Where both name and address of a real article are known they lead to one outlet, but for mislabelled ones."""
    if not SHARED.exists():
        pytest.skip("the real articles are not beside the project")
    agree = differ = 0
    with SHARED.open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            name, url = outlet_of(name=row["outlet"]), outlet_of(url=row["url"])
            if name and url:
                agree, differ = agree + (name == url), differ + (name != url)
    assert agree > 1600
    assert differ <= 3
