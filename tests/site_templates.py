"""Twenty ways in which news sites mark up an article, around invented stories of our own writing.

``templates()`` gives name -> function; each renders a ``Story`` as one kind of site would, with its usual furniture,
and says which of the words are the article's own. ``STORIES`` are the stories that tests and benchmarks render.
"""

# ruff: noqa: E501 - markup is written as sites write it

import html
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

Kind = Literal["p", "quote", "item", "heading"]


class Block(NamedTuple):
    """One block of an article; in ``text``, ``*words*`` are emphasised and ``[words]`` linked."""

    kind: Kind
    text: str

    @property
    def plain(self) -> str:
        """The words as a reader sees them."""
        return re.sub(r"[*\[\]]", "", self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """An invented article; ``published`` and ``modified`` are EDTF with a time zone."""

    headline: str
    standfirst: str
    byline: str
    outlet: str
    host: str
    slug: str
    published: str
    modified: str
    city: str
    blocks: tuple[Block, ...]
    caption: str
    others: tuple[str, ...]

    @property
    def url(self) -> str:
        """Where it was published."""
        return f"https://{self.host}/news/{self.slug}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page as it was served.

    ``paragraphs`` are the article's own blocks of words in order, as a reader sees them (headings within it are in
    ``headings``); ``furniture`` are lines that are not its own; ``neutral`` lines may be kept or not (headline,
    standfirst, byline, date). ``title``, ``byline``, ``outlet``, ``published``, ``modified`` are what the page says of
    itself, None where it does not; ``free`` is what it says of who may read it.
    """

    markup: str
    url: str | None
    paragraphs: tuple[str, ...]
    headings: tuple[str, ...] = ()
    furniture: tuple[str, ...] = ()
    neutral: tuple[str, ...] = ()
    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    published: str | None = None
    modified: str | None = None
    free: bool | None = None


def templates() -> dict[str, Callable[[Story], Page]]:
    """Every site template by its name; each takes a story and gives the page."""
    return {
        "wordpress": wordpress,
        "drupal": drupal,
        "us_newspaper": us_newspaper,
        "wire": wire,
        "tabloid": tabloid,
        "broadcaster": broadcaster,
        "live_blog": live_blog,
        "amp": amp,
        "paywalled": paywalled,
        "newsletter": newsletter,
        "ghost": ghost,
        "medium": medium,
        "arc": arc,
        "next_data": next_data,
        "government": government,
        "table_layout": table_layout,
        "print_view": print_view,
        "wayback": wayback,
        "questions": questions,
        "comments": comments,
    }


def inline(text: str, *, em: str = "em", link: str = "/topic/{}") -> str:
    """A block's words as markup."""
    out = html.escape(text, quote=False)
    out = re.sub(r"\*([^*]+)\*", rf"<{em}>\1</{em}>", out)
    return re.sub(r"\[([^\]]+)\]", lambda m: f'<a href="{link.format("x")}">{m[1]}</a>', out)


def blocks(
    story: Story, *, p: str = "<p>{}</p>", between: Sequence[str] = (), heading: str = "<h2>{}</h2>", em: str = "em"
) -> str:
    """The article's blocks as markup, with the pieces of ``between`` after every second block."""
    out: list[str] = []
    waiting, in_list = list(between), False
    for number, block in enumerate(story.blocks):
        if in_list and block.kind != "item":
            out.append("</ul>")
            in_list = False
        words = inline(block.text, em=em)
        if block.kind == "item":
            out.append(("" if in_list else "<ul>") + f"<li>{words}</li>")
            in_list = True
        elif block.kind == "quote":
            out.append(f"<blockquote><p>{words}</p></blockquote>")
        elif block.kind == "heading":
            out.append(heading.format(words))
        else:
            out.append(p.format(words))
        if waiting and number % 2 and not in_list:
            out.append(waiting.pop(0))
    return "\n".join([*out, *(["</ul>"] if in_list else []), *waiting])


def page(story: Story, markup: str, *furniture: str, **fields: object) -> Page:
    """A page of the story with what every page has filled in; ``fields`` are put in place of that."""
    given: dict[str, object] = {
        "markup": markup,
        "url": story.url,
        "paragraphs": tuple(b.plain for b in story.blocks if b.kind != "heading"),
        "headings": tuple(b.plain for b in story.blocks if b.kind == "heading"),
        "furniture": furniture,
        "neutral": (story.headline, story.standfirst, story.byline, story.outlet),
        "title": story.headline,
        "byline": story.byline,
        "outlet": story.outlet,
        "published": story.published,
    }
    return Page(**(given | fields))  # type: ignore[arg-type]


def ld(story: Story, **more: object) -> str:
    """A script of schema.org data."""
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.headline,
        "datePublished": story.published,
        "dateModified": story.modified,
        "author": {"@type": "Person", "name": story.byline},
        "publisher": {"@type": "NewsMediaOrganization", "name": story.outlet, "logo": {"@type": "ImageObject"}},
        "mainEntityOfPage": story.url,
    } | more
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def og(story: Story, *, dates: bool = True) -> str:
    """Open Graph metadata."""
    esc = html.escape
    lines = [
        f'<meta property="og:title" content="{esc(story.headline)}">',
        f'<meta property="og:site_name" content="{esc(story.outlet)}">',
        f'<meta property="og:url" content="{esc(story.url)}">',
        '<meta property="og:type" content="article">',
        f'<meta property="og:description" content="{esc(story.standfirst)}">',
        f'<link rel="canonical" href="{esc(story.url)}">',
    ]
    if dates:
        lines.append(f'<meta property="article:published_time" content="{story.published}">')
        lines.append(f'<meta property="article:modified_time" content="{story.modified}">')
    return "\n".join(lines)


def links(story: Story, *, css: str = "related") -> str:
    """A list of links to other stories."""
    items = "".join(f'<li><a href="/news/{n}">{html.escape(o)}</a></li>' for n, o in enumerate(story.others))
    return f'<ul class="{css}">{items}</ul>'


def _day(story: Story) -> str:
    months = "January February March April May June July August September October November December".split()
    year, month, day = story.published[:10].split("-")
    return f"{months[int(month) - 1]} {int(day)}, {year}"


NAV = '<nav><ul><li><a href="/">Home</a></li><li><a href="/local">Local</a></li><li><a href="/sport">Sport</a></li></ul></nav>'
SHARE = (
    '<div class="share-bar"><a href="#f">Share on Facebook</a> <a href="#x">Post on X</a> <a href="#e">Email</a></div>'
)


def wordpress(story: Story) -> Page:
    """A WordPress blog: entry-content, sharedaddy buttons, jp-relatedposts, a sidebar of widgets."""
    esc = html.escape
    promo = "<p><strong>Sign up for our newsletter</strong> and get the day's top stories in your inbox.</p>"
    return page(
        story,
        f"""<!DOCTYPE html><html lang="en-US"><head><meta charset="UTF-8">
<title>{esc(story.headline)} - {esc(story.outlet)}</title>
<meta name="generator" content="WordPress 6.5">{og(story)}
<script type="application/ld+json">{
            json.dumps(
                {
                    "@context": "https://schema.org",
                    "@graph": [
                        {"@type": "WebSite", "name": story.outlet, "@id": "#website"},
                        {"@type": "Person", "@id": "#author", "name": story.byline},
                        {
                            "@type": ["Article", "NewsArticle"],
                            "headline": story.headline,
                            "author": {"@id": "#author"},
                            "publisher": {"@id": "#website"},
                            "datePublished": story.published,
                            "dateModified": story.modified,
                        },
                    ],
                }
            )
        }</script></head>
<body class="post-template-default single single-post">
<header id="masthead"><a href="/">{esc(story.outlet)}</a>{NAV}</header>
<div id="content" class="site-content"><main id="main"><article class="post type-post">
<header class="entry-header"><h1 class="entry-title">{esc(story.headline)}</h1>
<div class="entry-meta"><span class="posted-on">Posted on <time datetime="{story.published}">{_day(story)}</time></span>
<span class="byline">by <a href="/author/x">{esc(story.byline)}</a></span></div></header>
<div class="entry-content">
<figure class="wp-block-image"><img src="data:image/png;base64,{"iVBORw0KGgo" * 40}" alt="">
<figcaption>{esc(story.caption)}</figcaption></figure>
{blocks(story, p='<p class="wp-block-paragraph">{}</p>', heading='<h3 class="wp-block-heading">{}</h3>')}
{promo}
<div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">Share this:</h3><ul><li><a href="#">Tweet</a></li></ul></div>
<div id="jp-relatedposts" class="jp-relatedposts"><h3>Related</h3>{links(story)}</div>
</div></article>
<div id="comments"><h2>2 thoughts on this post</h2><ol><li><p>My uncle worked there and he says it was always like
this.</p></li><li><p>Good riddance, they should have closed it years ago.</p></li></ol></div></main>
<aside id="secondary" class="widget-area"><section class="widget"><h2>Recent Posts</h2>{
            links(story)
        }</section></aside></div>
<footer>Proudly powered by WordPress</footer></body></html>""",
        *story.others,
        "Sign up for our newsletter and get the day's top stories in your inbox.",
        "Share this:",
        story.caption,
        "My uncle worked there and he says it was always like this.",
        "Good riddance, they should have closed it years ago.",
        "Proudly powered by WordPress",
        modified=story.modified,
    )


def drupal(story: Story) -> Page:
    """A Drupal node: field wrappers deep around each paragraph, microdata, no JSON-LD."""
    esc = html.escape
    body = blocks(story, p='<div class="field-item"><div class="paragraph paragraph--type--text"><p>{}</p></div></div>')
    return page(
        story,
        f"""<!DOCTYPE html><html lang="en" dir="ltr"><head><meta charset="utf-8"/>
<meta name="Generator" content="Drupal 10"/><link rel="canonical" href="{story.url}"/>
<title>{esc(story.headline)} | {esc(story.outlet)}</title></head>
<body class="path-node page-node-type-article"><div class="dialog-off-canvas-main-canvas">
<div role="banner">{NAV}</div>
<div class="region region-content"><article role="article" itemscope itemtype="https://schema.org/NewsArticle" class="node node--type-article">
<h1 itemprop="headline"><span>{esc(story.headline)}</span></h1>
<div class="node__meta">By <span itemprop="author" itemscope itemtype="https://schema.org/Person"><span itemprop="name">{
            esc(story.byline)
        }</span></span>
<meta itemprop="datePublished" content="{story.published}"/><meta itemprop="dateModified" content="{story.modified}"/>
<span itemprop="publisher" itemscope itemtype="https://schema.org/Organization"><meta itemprop="name" content="{
            esc(story.outlet)
        }"/></span></div>
<div class="node__content"><div class="field field--name-body" itemprop="articleBody">{body}</div>
<div class="field field--name-field-tags"><div class="field__label">Tags</div><a href="/t/1">Council</a> <a href="/t/2">Roads</a></div>
</div></article>
<div class="block block-views"><h2>You may also like</h2><div class="view-content">{
            "".join(
                f'<div class="views-row"><a href="/n/{n}">{esc(o)}</a><p>{esc(o)} in one line of teaser.</p></div>'
                for n, o in enumerate(story.others)
            )
        }</div></div></div>
<footer role="contentinfo"><p>Copyright 2025 {
            esc(story.outlet)
        }. All rights reserved.</p></footer></div></body></html>""",
        *(f"{o} in one line of teaser." for o in story.others),
        f"Copyright 2025 {story.outlet}. All rights reserved.",
        modified=story.modified,
    )


def us_newspaper(story: Story) -> Page:
    """A big newspaper: companion columns, advertisement slots between paragraphs, a list of JSON-LD objects."""
    esc = html.escape
    slots = [
        '<div id="story-ad-1-wrapper"><p>Advertisement</p><a href="#after">SKIP ADVERTISEMENT</a></div>',
        f'<aside class="css-rel"><h4>Editors’ Picks</h4>{links(story)}</aside>',
        '<div class="ad-wrap"><p>Advertisement</p></div>',
    ]
    data = [
        {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": story.headline,
            "author": [{"@type": "Person", "name": story.byline, "url": "/by/x"}],
            "datePublished": story.published,
            "dateModified": story.modified,
            "isAccessibleForFree": False,
            "publisher": {"@id": "https://x/#publisher", "name": story.outlet},
            "hasPart": {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".meteredContent"},
        },
        {"@type": "NewsMediaOrganization", "name": story.outlet, "@id": "https://x/#publisher"},
        {"@type": "BreadcrumbList", "itemListElement": []},
    ]
    body = blocks(
        story,
        p='</div></div><div class="StoryBodyCompanionColumn"><div class="css-53u6y8"><p class="css-at9mc1 evys1bk0">{}</p>',
        between=slots,
    )
    return page(
        story,
        f"""<!DOCTYPE html><html lang="en" class="story nytapp-vi-article"><head><meta charset="utf-8">
<title data-rh="true">{esc(story.headline)} - {esc(story.outlet)}</title>{og(story)}
<script type="application/ld+json">{json.dumps(data)}</script>
<script>window.__preloadedData = {{"x": "{"a" * 3000}"}};</script></head>
<body><div id="app"><div><div class="css-hdr">{
            NAV
        }</div><div id="site-content"><main><article id="story" class="css-1vxca1d meteredContent">
<div id="top-wrapper"><p>Advertisement</p></div>
<header><h1 data-testid="headline">{esc(story.headline)}</h1><p id="article-summary">{
            esc(story.standfirst)
        }</p></header>
<figure><picture><img src="a.jpg"></picture><figcaption><span>{
            esc(story.caption)
        }</span><span class="credit">Credit...Ola Frith for {esc(story.outlet)}</span></figcaption></figure>
<div class="byline-block"><p>By <span itemprop="name">{esc(story.byline)}</span></p><p class="reporting">{
            esc(story.byline)
        } reported from {esc(story.city)}.</p><time datetime="{story.published}">{_day(story)}</time></div>
<section name="articleBody"><div class="StoryBodyCompanionColumn"><div class="css-53u6y8">{body}</div></div></section>
<div class="bottom-of-article"><p>{esc(story.byline)} covers the coast for {
            esc(story.outlet)
        }. <a href="/by/x">More about {
            esc(story.byline)
        }</a></p><div><p>A version of this article appears in print on Page A4 of the regional edition. <a href="#">Order Reprints</a> | <a href="#">Subscribe</a></p></div></div>
</article></main></div><footer><ul><li>© 2025 {
            esc(story.outlet)
        } Company</li><li><a href="#">Terms of Sale</a></li></ul></footer></div></div></body></html>""",
        "Advertisement",
        "SKIP ADVERTISEMENT",
        *story.others,
        story.caption,
        f"© 2025 {story.outlet} Company",
        neutral=(
            story.headline,
            story.standfirst,
            story.byline,
            story.outlet,
            f"{story.byline} covers the coast for {story.outlet}. More about {story.byline}",
            f"{story.byline} reported from {story.city}.",
        ),
        modified=story.modified,
        free=False,
    )


def wire(story: Story) -> Page:
    """A wire agency's own page: dateline, divs for paragraphs, a reporting line and a standards line at the end."""
    story = replace(story, outlet="Coastwire")
    esc = html.escape
    first, *rest = story.blocks
    dated = story.city.upper() + ", " + " ".join(_day(story).split()[:2]).rstrip(",") + " (Coastwire) - "
    body = "".join(
        f'<div data-testid="paragraph-{n}" class="text__text__1FZLe article-body__paragraph">{inline(b.text)}</div>'
        if b.kind != "heading"
        else f'<h2 data-testid="Heading">{inline(b.text)}</h2>'
        for n, b in enumerate(rest, 1)
    )
    own = [b.plain for b in story.blocks if b.kind != "heading"]
    return page(
        story,
        f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{esc(story.headline)} | Coastwire</title>
{og(story)}{ld(story, publisher={"@type": "Organization", "name": "Coastwire"}, creditText="Coastwire", author=[{"@type": "Person", "name": story.byline}])}</head>
<body><header>{NAV}</header><main><article><h1>{esc(story.headline)}</h1>
<div class="info">By <a href="/authors/x">{esc(story.byline)}</a></div><time datetime="{story.published}">{_day(story)}</time>
<div class="toolbar"><button>Aa</button><button>Share</button></div>
<figure><img src="x.jpg"><figcaption>{esc(story.caption)} <a href="/licensing">Purchase Licensing Rights</a></figcaption></figure>
<div class="article-body__content"><div data-testid="paragraph-0" class="text__text__1FZLe article-body__paragraph">{esc(dated)}{inline(first.text)}</div>{body}</div>
<div class="sign-off"><p>Reporting by {esc(story.byline)}; Editing by Ines Hollow</p><p>Our Standards: <a href="/t">The Coastwire Principles.</a></p></div>
<div class="read-next"><h2>Read Next</h2>{links(story)}</div></article></main>
<footer><p>All quotes delayed a minimum of 15 minutes.</p></footer></body></html>""",
        *story.others,
        "Our Standards: The Coastwire Principles.",
        "All quotes delayed a minimum of 15 minutes.",
        story.caption,
        paragraphs=(dated + own[0], *own[1:]),
        neutral=(story.headline, story.byline, "Coastwire", f"Reporting by {story.byline}; Editing by Ines Hollow"),
        outlet="Coastwire",
        modified=story.modified,
    )


def tabloid(story: Story) -> Page:
    """A tabloid: related boxes, captions and shouting links among the paragraphs, bullets above them."""
    esc = html.escape
    shout = [o.upper() for o in story.others]
    boxes = [
        f'<div class="related-inline"><p><a href="/n/1">READ MORE: {esc(shout[0])}</a></p></div>',
        f'<div class="mol-img-group"><div class="image-wrap"><img src="1.jpg"></div><p class="imageCaption">{esc(story.caption)}</p></div>',
        f'<div class="moduleFull"><h3>Related articles</h3>{links(story, css="related-replace")}</div>',
        '<p class="promo"><strong><a href="/wa">Get the latest on WhatsApp: click here to join our channel</a></strong></p>',
    ]
    return page(
        story,
        f"""<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>{esc(story.headline)} | {esc(story.outlet)}</title>
{og(story)}{ld(story, author=story.byline, publisher=story.outlet)}</head><body>{NAV}
<div id="page-container"><div class="alpha"><div id="js-article-text" itemprop="articleBody">
<h2>{esc(story.headline)}</h2><ul class="mol-bullets"><li><strong>{esc(story.standfirst)}</strong></li>
<li><strong><a href="/tips">Do you know more? Email tips@{story.host}</a></strong></li></ul>
<p class="author-section byline-plain">By <a href="/a">{esc(story.byline)}, For {esc(story.outlet)}</a></p>
<p class="byline-section"><span>Published: 09:14 GMT, {_day(story)}</span> | <span>Updated: 10:02 GMT, {_day(story)}</span></p>
<div class="shareArticles">{SHARE}<p>88 shares</p></div>
{blocks(story, p='<p class="mol-para-with-font"><span class="mol-style-medium">{}</span></p>', between=boxes)}
</div><div class="column-split"><h3>Most watched News videos</h3>{links(story)}</div></div>
<div class="beta"><h3>DON'T MISS</h3><ul>{"".join(f"<li><a href='/b'>{esc(o)}</a> A teaser of some words for {esc(o.lower())}</li>" for o in story.others)}</ul></div></div>
</body></html>""",
        *story.others,
        f"READ MORE: {shout[0]}",
        story.caption,
        "Related articles",
        "Get the latest on WhatsApp: click here to join our channel",
        "88 shares",
        modified=story.modified,
    )


def broadcaster(story: Story) -> Page:
    """A public broadcaster: styled blocks with generated class names, a bold first sentence, topics, JSON-LD."""
    esc = html.escape
    body = blocks(
        story,
        p='<div data-component="text-block" class="ssrcss-uf6wea"><p class="ssrcss-1q0x1qg"><b class="ssrcss-hmf8ql"></b>{}</p></div>',
        heading='<div data-component="subheadline-block"><h2>{}</h2></div>',
        em="i",
        between=[
            f'<div data-component="image-block"><figure><div><img src="a.png"><span class="ssrcss-src">Getty</span></div><figcaption><span class="visually-hidden">Image caption, </span><p>{esc(story.caption)}</p></figcaption></figure></div>',
            f'<section data-component="related-internal-links"><div><h2>More on this story</h2>{links(story)}</div></section>',
        ],
    )
    return page(
        story,
        f"""<!DOCTYPE html><html lang="en-GB"><head><meta charSet="utf-8"/><title>{esc(story.headline)} - {esc(story.outlet)}</title>
{og(story, dates=False)}{ld(story, **{"@type": "ReportageNewsArticle", "isAccessibleForFree": True, "author": {"@type": "NewsMediaOrganization", "name": story.outlet}})}</head>
<body><div id="root"><header role="banner">{NAV}</header><main id="main-content"><article class="ssrcss-pv1rh6">
<header><h1 id="main-heading" tabindex="-1">{esc(story.headline)}</h1></header>
<div data-component="byline-block"><div class="name">{esc(story.byline)}</div><div class="role">Environment reporter, {esc(story.city)}</div></div>
<div data-component="metadata-block"><time datetime="{story.published}">3 hours ago</time></div>
{body}
<div data-component="topic-list"><h2>Related Topics</h2><ul><li><a href="/t">{esc(story.city)}</a></li></ul></div></article>
<section><h2>Top stories</h2>{links(story)}</section><section><h2>Elsewhere</h2>{links(story)}</section></main>
<footer><p>© 2025 {esc(story.outlet)}. The broadcaster is not responsible for the content of external sites.</p></footer></div></body></html>""",
        *story.others,
        "More on this story",
        story.caption,
        f"© 2025 {story.outlet}. The broadcaster is not responsible for the content of external sites.",
        byline=story.outlet,
        modified=story.modified,
        free=True,
    )


def live_blog(story: Story) -> Page:
    """A live blog: posts with times, newest first, each with its own heading and share links."""
    esc = html.escape
    posts, updates = [], []
    own = [b for b in story.blocks if b.kind != "heading"]
    for number in range(0, len(own), 3):
        part = own[number : number + 3]
        name = f"Update {number // 3 + 1}: {story.city}"
        posts.append(
            f'<div id="block-{number}" class="block"><div class="block-time"><time datetime="{story.published}">{9 + number // 3}.0{number % 6} GMT</time></div>'
            f'<h2 class="block-title">{esc(name)}</h2><div class="block-elements">'
            + "".join(f"<p>{inline(b.text)}</p>" for b in part)
            + '</div><div class="block-share"><a href="#f">Share</a> <a href="#x">Copy link to this post</a></div></div>'
        )
        updates.append({"@type": "BlogPosting", "headline": name, "datePublished": story.published})
    return page(
        story,
        f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{esc(story.headline)} – as it happened | {esc(story.outlet)}</title>
{og(story)}{ld(story, **{"@type": "LiveBlogPosting", "liveBlogUpdate": updates, "coverageStartTime": story.published})}</head>
<body><header>{NAV}</header><main><article><h1>{esc(story.headline)}</h1><div class="standfirst"><p>{esc(story.standfirst)}</p></div>
<address>{esc(story.byline)}</address><div class="key-events"><h2>Key events</h2></div>
<div id="liveblog-body" class="js-liveblog-body">{"".join(posts)}</div>
<div class="pagination"><a href="?p=1">Newest</a> <a href="?p=2">Previous</a> 1 of 2</div></article></main>
<aside><h2>Most viewed</h2>{links(story)}</aside><footer>{NAV}</footer></body></html>""",
        *story.others,
        "Copy link to this post",
        headings=tuple(str(u["headline"]) for u in updates),
        modified=story.modified,
    )


def amp(story: Story) -> Page:
    """An AMP page: amp-* elements, boilerplate style, consent and a sidebar."""
    esc = html.escape
    return page(
        story,
        f"""<!doctype html><html ⚡ lang="en"><head><meta charset="utf-8"><link rel="canonical" href="{story.url}">
<title>{esc(story.headline)}</title>{ld(story)}
<style amp-boilerplate>body{{-webkit-animation:-amp-start 8s steps(1,end) 0s 1 normal both}}</style>
<script async src="https://cdn.ampproject.org/v0.js"></script></head><body>
<amp-consent id="c"><div><p>We and our partners use cookies to show you better pages.</p><button>Accept</button></div></amp-consent>
<amp-sidebar id="sidebar" layout="nodisplay">{NAV}</amp-sidebar><header class="amp-header"><a href="/">{esc(story.outlet)}</a></header>
<article class="amp-article"><header class="amp-article-header"><h1>{esc(story.headline)}</h1>
<div class="amp-meta">By {esc(story.byline)} <time datetime="{story.published}">{_day(story)}</time></div></header>
<figure><amp-img src="a.jpg" width="4" height="3" layout="responsive"></amp-img><figcaption>{esc(story.caption)}</figcaption></figure>
<div class="amp-article-content">{blocks(story, between=['<amp-ad width="300" height="250" type="x"></amp-ad>', '<amp-iframe src="x"><p placeholder>Loading the embedded map</p></amp-iframe>'])}</div>
<amp-list src="/more.json"><template type="amp-mustache"><p>{{{{title}}}}</p></template></amp-list></article>
<section class="amp-related"><h3>More stories</h3>{links(story)}</section><footer><a href="/full">View full site</a></footer></body></html>""",
        *story.others,
        "We and our partners use cookies to show you better pages.",
        story.caption,
        "View full site",
        modified=story.modified,
    )


def paywalled(story: Story) -> Page:
    """A page behind a paywall: the first two paragraphs, then an offer; it says itself that it is not free."""
    esc = html.escape
    kept = [b for b in story.blocks if b.kind == "p"][:2]
    return page(
        story,
        f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{esc(story.headline)}</title>{og(story)}
{ld(story, isAccessibleForFree="False", hasPart={"@type": "WebPageElement", "isAccessibleForFree": "False", "cssSelector": ".paywall"})}</head>
<body>{NAV}<main><article><h1>{esc(story.headline)}</h1><p class="dek">{esc(story.standfirst)}</p><p class="byline">{esc(story.byline)}</p>
<div class="article-body">{"".join(f"<p>{inline(b.text)}</p>" for b in kept)}
<div class="paywall-barrier"><h2>To continue reading, subscribe</h2><p>Already a subscriber? <a href="/login">Sign in</a></p>
<p>Try one month for 1 crown. Cancel anytime.</p></div></div></article></main><aside>{links(story)}</aside></body></html>""",
        "To continue reading, subscribe",
        "Already a subscriber? Sign in",
        "Try one month for 1 crown. Cancel anytime.",
        *story.others,
        paragraphs=tuple(b.plain for b in kept),
        headings=(),
        modified=story.modified,
        free=False,
    )


def newsletter(story: Story) -> Page:
    """A newsletter platform: subscription boxes among the paragraphs, footnote anchors, buttons."""
    esc = html.escape
    box = (
        '<div class="subscription-widget-wrap"><div class="preamble"><p>Harbour Notes is a reader-supported publication. '
        "To receive new posts and support our work, become a subscriber.</p></div><form><input type='email'><button>Subscribe</button></form></div>"
    )
    return page(
        story,
        f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{esc(story.headline)} - by {esc(story.byline)}</title>
{og(story, dates=False)}<meta name="author" content="{esc(story.byline)}">
{ld(story, isAccessibleForFree=True, author=[{"@type": "Person", "name": story.byline, "url": "x"}])}</head>
<body><div id="entry"><div id="main"><div class="main-menu">{NAV}</div><div class="single-post-container"><article class="newsletter-post post">
<div class="post-header"><h1 class="post-title">{esc(story.headline)}</h1><h3 class="subtitle">{esc(story.standfirst)}</h3>
<div class="byline-wrapper"><a href="/@x">{esc(story.byline)}</a><div>{_day(story)}</div></div><div class="like-button-container"><a href="#">12</a></div></div>
<div class="available-content"><div dir="auto" class="body markup">{blocks(story, p="<p><span>{}</span></p>", between=[box])}
<p class="button-wrapper"><a class="button primary" href="/share"><span>Share</span></a></p></div></div>
<div class="post-footer"><div class="comments-link"><a href="#c">Leave a comment</a></div></div></article>
<div class="publication-footer"><h3>Discussion about this post</h3><div class="comment"><p>Great reporting as ever, thank you!</p></div></div></div>
<div class="footer"><p>© 2025 {esc(story.byline)}</p><a>Start writing</a></div></div></div></body></html>""",
        "Harbour Notes is a reader-supported publication. To receive new posts and support our work, become a subscriber.",
        "Great reporting as ever, thank you!",
        "Leave a comment",
        modified=story.modified,
        free=True,
    )


def ghost(story: Story) -> Page:
    """A Ghost site: gh-content, kg-cards, a call to sign up, next posts."""
    esc = html.escape
    cards = [
        f'<figure class="kg-card kg-image-card kg-card-hascaption"><img class="kg-image" src="a.jpg"><figcaption><span>{esc(story.caption)}</span></figcaption></figure>',
        f'<figure class="kg-card kg-bookmark-card"><a class="kg-bookmark-container" href="x"><div class="kg-bookmark-content"><div class="kg-bookmark-title">{esc(story.others[0])}</div><div class="kg-bookmark-description">A teaser for another of our posts.</div></div></a></figure>',
    ]
    return page(
        story,
        f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{esc(story.headline)}</title>{og(story)}
<meta name="generator" content="Ghost 5.8">{ld(story, **{"@type": "Article", "publisher": {"@type": "Organization", "name": story.outlet}})}</head>
<body class="post-template"><div class="gh-viewport"><header class="gh-header">{NAV}</header><main class="gh-main"><article class="gh-article post">
<header class="gh-article-header"><h1 class="gh-article-title">{esc(story.headline)}</h1><p class="gh-article-excerpt">{esc(story.standfirst)}</p>
<div class="gh-article-meta"><h4 class="gh-article-author-name"><a href="/author">{esc(story.byline)}</a></h4><time datetime="{story.published[:10]}">{_day(story)}</time></div></header>
<section class="gh-content gh-canvas">{blocks(story, between=cards)}</section></article>
<section class="gh-subscribe"><h3>Sign up for more like this.</h3><a>Enter your email</a></section></main>
<div class="gh-read-next"><h3>Read more</h3>{"".join(f'<article class="post-card"><h3>{esc(o)}</h3><p>{esc(o)}, told in a few words more.</p></article>' for o in story.others)}</div>
<footer>Powered by Ghost</footer></div></body></html>""",
        story.caption,
        "A teaser for another of our posts.",
        "Sign up for more like this.",
        *(f"{o}, told in a few words more." for o in story.others),
        modified=story.modified,
    )


def medium(story: Story) -> Page:
    """A Medium-like page: generated class names only, hundreds of nested divs, no hints but the article element."""
    esc = html.escape
    deep = "<div class='l'>" * 14
    return page(
        story,
        f"""<!doctype html><html lang="en"><head><title>{esc(story.headline)} | by {esc(story.byline)} | {esc(story.outlet)}</title><meta charset="utf-8">
{og(story, dates=False)}<meta property="article:published_time" content="{story.published}"><meta name="author" content="{esc(story.byline)}">
</head><body><div id="root">{deep}<div class="m n">{NAV}</div><article><div class="l"><div class="ab ca"><div class="ch bg">
<div><h1 class="pw-post-title">{esc(story.headline)}</h1></div><div class="speechify"><a rel="author" href="/@x">{esc(story.byline)}</a><span>Follow</span><div>4 min read</div><div>{_day(story)}</div></div>
<div class="pw-multi-vote"><p>41</p></div><div><p>Listen</p></div><div><p>Share</p></div>
{blocks(story, p='<p class="pw-post-body-paragraph nq nr">{}</p>', heading='<h1 class="oj ok">{}</h1>')}
</div></div></div></article><div><h2>Written by {esc(story.byline)}</h2><p>Writes about harbours and money.</p></div>
<div><h2>More from {esc(story.byline)}</h2>{links(story)}</div>{"</div>" * 14}</div></body></html>""",
        "Writes about harbours and money.",
        *story.others,
    )


def arc(story: Story) -> Page:
    """An Arc-like chain of local papers: article body of p.body-paragraph, interstitial links, a taboola box."""
    esc = html.escape
    between = [
        f'<p class="interstitial-link block-margin-bottom">[<a href="/s/1">{esc(story.others[0])}</a>]</p>',
        '<div class="ad-max-width"><div class="arcad-feature" data-x="1">ADVERTISEMENT</div></div>',
        f'<div class="more-on"><span>More on </span><a href="/s/2">{esc(story.others[1])}</a></div>',
    ]
    return page(
        story,
        f"""<!DOCTYPE html><html lang="en"><head><meta charset="UTF-8"/><title>{esc(story.headline)} – {esc(story.outlet)}</title>{og(story)}
{ld(story, author=[{"@type": "Person", "name": story.byline}], isBasedOn="https://coastwire.example/item/1", creditText="Coastwire")}
<script id="fusion-metadata">window.Fusion={{}};Fusion.globalContent={json.dumps({"headline": story.headline, "pad": "b" * 2000})};</script></head>
<body><div id="fusion-app"><div class="b-header-nav-chain">{NAV}</div><section class="b-it-primary"><h1 class="b-headline">{esc(story.headline)}</h1>
<h2 class="b-subheadline">{esc(story.standfirst)}</h2><div class="b-byline">By <span class="b-byline__names">{esc(story.byline)}</span></div>
<time class="b-date" datetime="{story.published}">{_day(story)} at 9:14 a.m.</time>{SHARE}</section>
<article class="b-article-body">{blocks(story, p='<p class="body-paragraph">{}</p>', between=between)}</article>
<div class="b-taboola"><h3>Around the Web</h3><p>Homeowners born before 1990 get this</p></div>
<div class="b-results-list"><h3>Latest</h3>{links(story)}</div><footer class="b-footer"><p>Reach the newsroom at desk@{story.host}</p></footer></div></body></html>""",
        *story.others,
        "ADVERTISEMENT",
        "Homeowners born before 1990 get this",
        f"Reach the newsroom at desk@{story.host}",
        modified=story.modified,
    )


def next_data(story: Story) -> Page:
    """A React page: drawn on the server, with all of it once more as JSON for the browser."""
    esc = html.escape
    data = {
        "props": {
            "pageProps": {
                "article": {"title": story.headline, "body": [{"t": "p", "c": b.plain} for b in story.blocks]}
            }
        }
    }
    body = blocks(story, p='<div class="Paragraph_root__x1"><span>{}</span></div>')
    return page(
        story,
        f"""<!DOCTYPE html><html lang="en"><head><meta charSet="utf-8"/><title>{esc(story.headline)}</title>{
            og(story)
        }</head>
<body><div id="__next"><div class="Layout_root__a1"><div class="Header_root__b2">{
            NAV
        }</div><div class="Article_root__c3">
<h1 class="Article_title__d4">{esc(story.headline)}</h1><div class="Article_meta__e5"><span>{
            esc(story.byline)
        }</span><span>{_day(story)}</span></div>
<div class="Article_body__f6">{body}</div></div>
<div class="Rail_root__g7"><div class="Rail_title__h8">Popular now</div>{
            "".join(
                f'<div class="Rail_item__i9"><a href="/p/{n}"><span>{esc(o)}</span></a></div>'
                for n, o in enumerate(story.others)
            )
        }</div></div></div>
<script id="__NEXT_DATA__" type="application/json">{
            json.dumps(data)
        }</script><noscript><p>Turn on JavaScript for comments.</p></noscript></body></html>""",
        *story.others,
        "Popular now",
        byline=None,
        modified=story.modified,
    )


def government(story: Story) -> Page:
    """A ministry's press release: contact details and notes, a date as text only, Dublin Core metadata."""
    esc = html.escape
    return page(
        story,
        f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{esc(story.headline)} - {esc(story.outlet)}</title>
<meta name="DC.title" content="{esc(story.headline)}"><meta name="DC.date.issued" content="{story.published[:10]}">
<meta name="DC.publisher" content="{esc(story.outlet)}"><link rel="canonical" href="{story.url}"></head>
<body><a class="skip-link" href="#content">Skip to main content</a><div class="cookie-banner"><p>Tell us whether you accept cookies</p></div>
<header>{NAV}</header><main id="content"><div class="grid-row"><span class="context">Press release</span><h1>{esc(story.headline)}</h1>
<p class="lead">{esc(story.standfirst)}</p><dl class="metadata"><dt>From:</dt><dd><a href="/o">{esc(story.outlet)}</a></dd><dt>Published</dt><dd>{_day(story)}</dd></dl>
<div class="govspeak">{blocks(story)}</div></div>
<div class="share-links"><h2>Share this page</h2><ul><li><a href="#">Share on Facebook</a></li></ul></div>
<div class="improve"><p>Is this page useful?</p><button>Yes</button></div></main>
<footer><p>All content is available under the Open Licence, except where stated otherwise</p></footer></body></html>""",
        "Tell us whether you accept cookies",
        "Is this page useful?",
        "All content is available under the Open Licence, except where stated otherwise",
        byline=None,
        published=story.published[:10],
    )


def table_layout(story: Story) -> Page:
    """A page of the year 2001: tables for columns, font elements, breaks between paragraphs, nothing closed."""
    esc = html.escape
    body = "\n<br><br>\n".join(
        f"<b>{inline(b.text, em='i')}</b>" if b.kind == "heading" else inline(b.text, em="i") for b in story.blocks
    )
    return page(
        story,
        f"""<HTML><HEAD><TITLE>{esc(story.outlet)}: {esc(story.headline)}</TITLE>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=windows-1252"></HEAD><BODY BGCOLOR="#FFFFFF">
<TABLE WIDTH=760 BORDER=0><TR><TD COLSPAN=3><A HREF="/"><IMG SRC="/logo.gif" ALT="{esc(story.outlet)}"></A></TD></TR>
<TR><TD WIDTH=120 VALIGN=TOP><FONT SIZE=1><A HREF="/n">News</A><BR><A HREF="/s">Sport</A><BR><A HREF="/w">Weather</A></FONT></TD>
<TD WIDTH=480 VALIGN=TOP><FONT SIZE=5><B>{esc(story.headline)}</B></FONT><BR><FONT SIZE=2>By {esc(story.byline)}<BR>{_day(story)}</FONT><P>
<FONT FACE="Verdana" SIZE=2>{body}</FONT>
<TD WIDTH=160 VALIGN=TOP><FONT SIZE=1><B>Other stories</B><BR>{"<BR>".join(f'<A HREF="/o">{esc(o)}</A>' for o in story.others)}</FONT></TD></TR>
<TR><TD COLSPAN=3><FONT SIZE=1>Send comments to the webmaster.</FONT></TD></TR></TABLE></BODY></HTML>""",
        *story.others,
        "Send comments to the webmaster.",
        title=f"{story.outlet}: {story.headline}",
        url=None,
        byline=None,
        outlet=None,
        published=None,
        neutral=(story.headline, f"By {story.byline}", f"{_day(story)}"),
    )


def print_view(story: Story) -> Page:
    """A print view: bare, with the address and the time of printing around the text."""
    esc = html.escape
    return page(
        story,
        f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>Print: {esc(story.headline)}</title><meta name="robots" content="noindex"/>
<link rel="canonical" href="{story.url}"/><meta name="pubdate" content="{story.published}"/></head><body onload="window.print()">
<div class="print-head"><a href="javascript:window.close()">Close this window</a> | <a href="javascript:window.print()">Print this page</a></div>
<h1>{esc(story.headline)}</h1><p class="byline">By {esc(story.byline)}</p><hr/>
{blocks(story)}
<hr/><p class="print-foot">Printed from: {story.url}</p></body></html>""",
        "Print this page",
        f"Printed from: {story.url}",
        outlet=None,
    )


def wayback(story: Story) -> Page:
    """A page saved from the Internet Archive: its toolbar, its comments, every address rewritten."""
    esc = html.escape
    stamp = "20260412083015"
    before = f"https://web.archive.org/web/{stamp}/"
    return page(
        story,
        f"""<!DOCTYPE html><html lang="en"><head><script src="https://web-static.archive.org/_static/js/bundle-playback.js"></script>
<script type="text/javascript">__wm.init("https://web.archive.org/web"); __wm.wombat("{story.url}","{stamp}","https://web.archive.org/","web","https://web-static.archive.org/_static/","1933662615");</script>
<!-- End Wayback Rewrite JS Include -->
<meta charset="utf-8"><title>{esc(story.headline)} | {esc(story.outlet)}</title><link rel="canonical" href="{before}{story.url}">
<meta property="og:site_name" content="{esc(story.outlet)}"><meta property="og:url" content="{before}{story.url}">
<meta property="og:title" content="{esc(story.headline)}"><meta property="article:published_time" content="{story.published}"><meta name="author" content="{esc(story.byline)}"></head>
<body><!-- BEGIN WAYBACK TOOLBAR INSERT --><div id="wm-ipp-base" lang="en"><div id="wm-ipp"><div id="donato"><p>The Internet Archive is a nonprofit fighting for universal access.</p></div>
<a href="/web/">Wayback Machine</a><span>37 captures</span><span>12 Apr 2025 - 12 Apr 2026</span></div></div><!-- END WAYBACK TOOLBAR INSERT -->
<div id="header"><a href="{before}https://{story.host}/">{esc(story.outlet)}</a></div>
<div id="story"><h1>{esc(story.headline)}</h1><p class="credit">By {esc(story.byline)}</p>{blocks(story)}</div>
<div id="rail"><h4>Elsewhere on the site</h4>{links(story)}</div></body></html>
<!--
     FILE ARCHIVED ON 08:30:15 Apr 12, 2026 AND RETRIEVED FROM THE
     INTERNET ARCHIVE ON 10:00:00 May 03, 2026.
-->""",
        *story.others,
        "The Internet Archive is a nonprofit fighting for universal access.",
        "37 captures",
    )


def questions(story: Story) -> Page:
    """An explainer of questions and answers with updates: definition lists, expandable parts, an update note."""
    esc = html.escape
    own = [b for b in story.blocks if b.kind != "heading"]
    asked = ("What happened?", "Who says so?", "What is not known?")
    third = -(-len(own) // 3)
    parts = "".join(
        f'<details open class="faq-item"><summary><h3>{esc(name)}</h3></summary><div class="faq-answer">'
        + "".join(f"<p>{inline(b.text)}</p>" for b in own[n * third : (n + 1) * third])
        + "</div></details>"
        for n, name in enumerate(asked)
    )
    return page(
        story,
        f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{esc(story.headline)}</title>{og(story)}{ld(story)}
<script type="application/ld+json">{{"@context":"https://schema.org","@type":"FAQPage","mainEntity":[{{"@type":"Question","name":"What happened?",}}]}}</script></head>
<body>{NAV}<main><article><h1>{esc(story.headline)}</h1><p class="byline">By {esc(story.byline)}</p><p class="updated">Last updated {_day(story)}, 10:02</p>
<section class="faq">{parts}</section><div class="newsletter-signup"><p>Stay informed: sign up for our evening newsletter.</p></div></article></main>
<aside class="rail">{links(story)}</aside></body></html>""",
        "Stay informed: sign up for our evening newsletter.",
        *story.others,
        headings=asked,
        modified=story.modified,
    )


def comments(story: Story) -> Page:
    """A page with long comments and the next article below, as endless scrolling loads it."""
    esc = html.escape
    said = (
        "I have lived on this street for thirty years and nobody ever asked us anything about it.",
        "The council knew, and the council will do nothing, mark my words, as it did nothing the last time.",
        "Thank you for reporting this, it is more than the other papers have managed in a month of trying.",
    )
    after = (
        "The museum of rope opened its doors again on Sunday after two winters of repairs to its roof and stairs.",
        "Its keeper said the longest rope in the house would be hung in the hall for all to see by the spring.",
    )
    return page(
        story,
        f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{esc(story.headline)} | {esc(story.outlet)}</title>{og(story)}{ld(story)}</head>
<body><header>{NAV}</header><div class="infinite"><article class="article is-first" data-url="{story.url}"><h1>{esc(story.headline)}</h1>
<div class="byline">By {esc(story.byline)}</div>{SHARE}<div class="article-body">{blocks(story)}</div>
<section id="comments" class="comments"><h3>Comments (3)</h3>{"".join(f'<div class="comment"><span class="who">reader{n}</span><p>{esc(c)}</p><a href="#">Reply</a></div>' for n, c in enumerate(said))}</section></article>
<article class="article is-next" data-url="/news/rope"><h1>Rope museum opens again</h1><div class="byline">By Tam Orrin</div><div class="article-body">{"".join(f"<p>{esc(a)}</p>" for a in after)}</div></article></div>
<footer><p>Read our comment policy.</p></footer></body></html>""",
        *said,
        *after,
        "Rope museum opens again",
        modified=story.modified,
    )


def _story(text: str) -> tuple[Block, ...]:
    kinds: dict[str, Kind] = {"> ": "quote", "- ": "item", "# ": "heading"}
    return tuple(
        Block(kinds.get(part[:2], "p"), part[2:] if part[:2] in kinds else part)
        for part in (" ".join(line.split()) for line in text.strip().split("\n\n"))
    )


FERRY = Story(
    headline="Kessel ferry sailed with a pump it knew was broken, crew say",
    standfirst="Three members of the crew describe a warning that went nowhere",
    byline="Mara Quill",
    outlet="The Kessel Courier",
    host="kesselcourier.example",
    slug="ferry-pump",
    published="2025-04-11T09:14:00+02:00",
    modified="2025-04-11T12:40:00+02:00",
    city="Kessel",
    caption="The ferry Alder at its berth on Friday. Photo: Ola Frith",
    others=(
        "Harbour dues to rise by a tenth from June",
        "Fish market to move to the old rope works",
        "School bus drivers reach a deal on hours",
    ),
    blocks=_story("""
The ferry *Alder* left Kessel on Tuesday with a bilge pump that its crew had reported broken two days before, three
members of that crew told The Kessel Courier.

“We wrote it in the book, and the book went to the office,” said Joran Peel, who has been an engineer on the ship for
nine years. “Nobody came.”

The company that runs the ferry, [Norline], said on Thursday that it had “no record of any such entry”.

No one was hurt when the ship took on water off Sand Point. Eighty-four passengers were taken to shore by lifeboat,
according to the coast guard.

# What the book shows

A copy of the ship’s log seen by this newspaper has an entry for Sunday, 5:40 p.m., that reads:

> Aft pump does not hold pressure. Told the office by telephone. Asked not to sail before it is seen to.

The entry is signed with the initials “J.P.”. The copy was first described on Wednesday by [Radio Marsh], which
did not say where it had it from.

The harbour office lists three faults that must be put right before a ferry may sail:

- a pump that does not hold pressure;

- a door that does not close;

- a radio that cannot be heard in Kessel.

Norline’s director, Ada Brandt, declined to say who took the call. “We will answer the *inquiry*, not the newspapers,”
she said in an e-mail.

The inquiry opens on May 6. Its chair, Judge Pell Harrow, has asked for the original book.

Yes, said Peel when asked whether he would sail again.
"""),
)

BRIDGE = Story(
    headline="Two engineers warned of cracks in Marsh Bridge, letters show",
    standfirst="The letters were sent a year before the bridge was closed",
    byline="Tobin Ashe",
    outlet="Marsh Valley Post",
    host="marshvalleypost.example",
    slug="marsh-bridge-letters",
    published="2025-09-02T06:05:00Z",
    modified="2025-09-02T17:30:00Z",
    city="Oldmarsh",
    caption="Marsh Bridge, closed to lorries since August. Handout/County roads office",
    others=(
        "Apple growers count the cost of the late frost",
        "County library keeps its Sunday hours",
        "Rail line to Tarn shut for three weekends",
    ),
    blocks=_story("""
Two engineers told the county in writing last summer that Marsh Bridge had cracks “as long as a hand”, letters obtained
by the Marsh Valley Post show.

The letters, dated July 3 and August 19, 2024, went to the head of the roads office, Lena Corvin. She did not respond to
requests for comment on Monday.

The bridge was closed to lorries on August 21 this year after a driver reported that he had “felt it drop”. About 6,200
vehicles a day used it before, county figures show.

“They had it on paper for a year,” said Edda Fenn of the bridge workers’ union. “I do not know what else you could send
them. A piece of the bridge?”

A county spokesman, Ruben Kay, said the letters had been “taken into account in the ordinary way”. He would not say what
that meant.

# Who wrote the letters

One of the engineers, Sofie Lund, confirmed that she had signed both. The other has left the county and could not be
reached.

Lund said the second letter was sent because the first was not answered: “I asked for a date. I was not given a date.”

> We recommend that heavy traffic be kept off the north span until the bearings have been looked at from below.

The sentence above is from the second letter. Coastwire first reported on Saturday that a warning had been given, citing
an official who was not named.

The county board meets on Thursday. Two of its members, [Iver Holt] and *Nan Castle*, said they would ask for an
outside inquiry.
"""),
)

WELL = Story(
    headline="Ministry: water from Tarn wells is safe, tests go on",
    standfirst="Results from four of nine wells are in",
    byline="Ines Hollow",
    outlet="Ministry of Water",
    host="water.gov.example",
    slug="tarn-wells",
    published="2025-02-17T08:00:00-05:00",
    modified="2025-02-18T08:00:00-05:00",
    city="Tarn",
    caption="A well house above Tarn. Picture by the Ministry of Water",
    others=(
        "Minister opens the new pumping house at Orrel",
        "Rules for rain barrels from next year",
        "How to read your water bill",
    ),
    blocks=_story("""
Water from four wells above Tarn met every limit in tests made on February 12 and 13, the Ministry of Water said today.

The tests followed reports in the Tarn Weekly that people in the upper town had fallen ill. The ministry has no sign that
water was the cause, Minister Hedda Voss said.

“Five wells are still to be tested. Until then we ask people in the upper town to boil what they drink,” Minister Voss
said. “That is care, not alarm.”

The limits for lead, nitrate and bacteria are those of the Water Act of 2019. The highest nitrate value found was 31
milligrams per litre; the limit is 50.

A doctor at Tarn hospital, Emil Krag, told the Tarn Weekly that he had seen 17 patients with the same complaint since
February 3. The ministry has asked the hospital for its numbers.

# What happens next

- Samples from the other five wells go to the laboratory at Orrel on Wednesday.

- Results are expected by February 24 and will be published the same day.

- Bottled water can be had at the town hall between 8 a.m. and 6 p.m.

The ministry will hold a meeting in the town hall on February 20 at 7 p.m.
"""),
)

#: The stories that tests and benchmarks render.
STORIES = (FERRY, BRIDGE, WELL)
