"""Whom the words of a source mean: takes spans of one article, gives Source records whose ids are the article's own.

Decides what a source is (kind, number), who is meant by "she", "the official" or "a Pentagon spokesman", who carried
words. A pronoun that nobody fits is a source of kind ``unspecified``: somebody spoke, and it is not known who.
"""

from headwater.reading.whom.nouns import is_people, singular
from headwater.reading.whom.sources import Sources

__all__ = ["Sources", "is_people", "singular"]
