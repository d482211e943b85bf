"""Who is who, who took it from whom, and how many independent origins stand behind a claim.

``sources`` and ``entities`` join what articles name, ``derive`` finds copies and credits, ``origins`` counts.
"""
