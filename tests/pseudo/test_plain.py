"""What finds untranslated words finds them, and nothing else."""

import pytest
from django.utils import translation

from tests.pseudo.plain import greek, plain, plain_words

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ("<p>⟦Šííĝñ⟧</p>", []),
        ("<p>⟦Šííĝñ⟧ now</p>", ["⟦Šííĝñ⟧ now"]),
        ("<p>One <b>two</b> three</p>", ["One", "three", "two"]),
        ('<button aria-label="Close">×</button>', ["aria-label: Close"]),
        ('<img alt="A street">', ["alt: A street"]),
        ('<p data-words=\'{"a": "Read on", "b": ["⟦Ŕ⟧"]}\'></p>', ["Read on"]),
        ('<p data-dti-label="Read on" data-kind="end"></p>', ["data-dti-label: Read on"]),
        ('<cite lang="en">Graham v. Connor <i>so</i></cite><script>let words</script><code>url_name</code>', []),
        ("<p>/static/seal.png 1A2B-3C4D a+b@example.org sha256:0123456789abcdef <bdi>Somebody</bdi></p>", []),
        ("<html lang='en-xa'><body><p>Read</p></body></html>", ["Read"]),
    ],
)
def test_words_in_plain_letters(markup, found):
    assert plain(markup) == found


def test_words_of_a_script():
    assert plain_words({"Name": "⟦Ŕ⟧", "more": ["Read", {"x": "⟦Ŕ⟧"}], "n": 12}) == ["Read"]


def test_what_authors_wrote_is_in_greek_letters():
    assert greek('<p id="one">One <em title="Two">two</em> &amp; three</p>') == (
        '<p id="one">ονε <em title="τςο">τςο</em> &amp; τηρεε</p>'
    )


def test_the_site_speaks_the_pseudo_language():
    assert translation.gettext("Sign") == "⟦Šííĝñ⟧"
