"""Names in one article: takes its text and sentences, gives names, the entities they mean, and whom words refer to.

Rules and word lists only: the floor that a trained tagger has to beat.
"""

from headwater.reading.names.find import find_names
from headwater.reading.names.gazetteer import is_outlet
from headwater.reading.names.group import entities
from headwater.reading.names.refer import antecedents, gender_of, refer

__all__ = ["antecedents", "entities", "find_names", "gender_of", "is_outlet", "refer"]
