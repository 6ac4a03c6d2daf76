"""The tests. A package, because dependencies install packages of the same name."""
