"""The parts of the page: each takes the links of a trace and gives what its template shows."""
