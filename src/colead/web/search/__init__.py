"""Search: finds what is written in an area by words of it, with the sentence in which they stand."""
