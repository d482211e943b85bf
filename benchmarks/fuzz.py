"""Feed spoilt input to the readers of pages, mail and web archives until one raises what is not of the house.

Run by hand, for some minutes a reader: it needs atheris, which is in no extra of the project, and never ends by itself.

    python -m venv fuzz && fuzz/bin/pip install atheris && fuzz/bin/pip install -e '.[formats]'
    fuzz/bin/python benchmarks/fuzz.py mail -max_total_time=300 -timeout=20 -rss_limit_mb=2048 CORPUS

The first argument names the reader (``html``, ``mail``, ``warc``, ``feed``, ``pdf``, ``docx``, ``table``), the others
are libFuzzer's; CORPUS is a folder of examples to start from. What it finds goes into the tests as bytes.
"""

import io
import sys
from collections.abc import Callable
from importlib import import_module

atheris = import_module("atheris")  # by name: it is on no machine but the one that fuzzes

with atheris.instrument_imports(include=["headwater.ingest", "email", "feedparser", "pypdf"]):
    from headwater.errors import HeadwaterError
    from headwater.ingest.found import Found, Where

    READERS = {
        name: import_module(f"headwater.ingest.{name}")
        for name in ("html", "mail", "warc", "feed", "pdf", "docx", "table")
    }

_WHERE = Where(path="fuzz", stem="fuzz", shown="fuzz")


def one_line(message: str) -> None:
    """What a user is told fits on a line of a screen."""
    assert message
    assert "\n" not in message


def one_of(name: str) -> Callable[[bytes], None]:
    """What is called with each input: reads it, and looks at what comes out as the pipeline would."""
    module = READERS[name]

    def page(data: bytes) -> None:
        try:
            text = module.read_page(data).text
        except HeadwaterError as error:
            one_line(str(error))
            return
        assert text.strip()

    def inputs(data: bytes) -> None:
        try:
            for item in module.read(io.BytesIO(data), _WHERE):
                if isinstance(item, Found):
                    item.article.text.encode("utf-8")
                    assert item.article.text.strip()
                    at = 0
                    for mark in item.article.furniture:
                        assert at <= mark.start < mark.end <= len(item.article.text)
                        at = mark.end
                else:
                    one_line(item.where + item.why)
        except HeadwaterError as error:
            one_line(str(error))

    return page if name == "html" else inputs


if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in READERS:
        sys.exit(f"say which reader: {', '.join(READERS)}")
    reader = sys.argv.pop(1)
    atheris.Setup(sys.argv, one_of(reader))
    atheris.Fuzz()
