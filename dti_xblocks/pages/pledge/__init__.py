"""The words of the pledge that the program adds to the author's."""
