"""Statements that assert the same thing: pairs and claims marked by hand, and the pair model learned from them."""
