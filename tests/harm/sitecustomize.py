"""Stands first on the path of the processes that a test starts: texts that hold a word raise, hang or end the process.

``HEADWATER_HARM`` says where: in parsing, cleaning, reading, copies, stories, joining (to stories that are in an
archive) or tracing.
"""

import os
import signal
import time
from collections.abc import Callable
from typing import Any

WORDS = ("mharaise", "mhahang", "mhakill")


def _harm(text: str) -> None:
    raising, hanging, killing = WORDS
    if raising in text:
        raise RuntimeError("planted")
    if hanging in text:
        time.sleep(3600)
    if killing in text:
        os.kill(os.getpid(), signal.SIGKILL)


def _harmed(function: Callable[..., Any], *, many: bool) -> Callable[..., Any]:
    def wrapped(first: Any, *rest: Any, **options: Any) -> Any:
        given = list(first) if many else [first]
        for one in given:
            _harm(one.text)
        return function(given if many else first, *rest, **options)

    wrapped.__module__, wrapped.__qualname__ = function.__module__, function.__qualname__
    return wrapped


if where := os.environ.get("HEADWATER_HARM"):
    from headwater import clean, pipeline
    from headwater.cluster import items
    from headwater.corpus import archived, pieces

    if where == "parsing":
        vars(pieces)["completed"] = _harmed(vars(pieces)["completed"], many=False)
    elif where == "cleaning":
        clean.mark, clean.mark_all = _harmed(clean.mark, many=False), _harmed(clean.mark_all, many=True)
    elif where == "reading":
        pipeline.read_articles = _harmed(pipeline.read_articles, many=True)
    elif where == "copies":
        pipeline.find_copies = _harmed(pipeline.find_copies, many=True)
    elif where == "stories":
        items.words_of = _harmed(items.words_of, many=False)
    elif where == "joining":
        archived.groups_of = _harmed(archived.groups_of, many=True)
    elif where == "tracing":
        pipeline.trace_story = _harmed(pipeline.trace_story, many=True)
