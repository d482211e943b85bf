"""Who is who, who took it from whom, and how many independent origins stand behind a claim.

``sources`` and ``entities`` join what articles name, ``derive`` finds copies and credits, ``provenance`` builds the
graph of one claim from them, and ``origins`` counts on it.
"""
