"""The open web: pages and feeds fetched as a polite guest fetches them, and never from the own network unasked.

``addresses`` says what may be asked for, ``wire`` makes one request, ``answers`` says what comes of it,
``client`` fetches a page, ``many`` fetches pages,
``store`` keeps them, ``feeds`` follows feeds. Opens connections only for addresses that the user named, or that a feed
the user named leads to; see docs/network.md.
"""
