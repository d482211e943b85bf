"""The provenance picture: who had it first-hand, who passed it on, which article has it from whom; laid out here."""
