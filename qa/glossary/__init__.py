"""Plain explanations of medical terms, in our own words: the terms as data, and where a text uses them."""
