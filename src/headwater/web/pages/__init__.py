"""Pages for people: each a function from a request to an answer."""
