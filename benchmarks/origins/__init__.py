"""Stories composed from known provenance graphs, so that the true answer is known for thousands of claims."""
