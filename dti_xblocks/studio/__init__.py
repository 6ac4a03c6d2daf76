"""The authors' side: a kit that knows no kind, and one editor for each kind of block."""
