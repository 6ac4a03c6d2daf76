"""Small courses, made in a test, and all of their pages."""

PROBLEM = '<problem url_name="p"><numericalresponse answer="1"><textline/></numericalresponse></problem>'


def in_a_unit(inner: str) -> str:
    return (
        '<course url_name="r" org="E" course="E1"><chapter url_name="c">'
        '<sequential url_name="s" graded="true" format="HW">'
        f'<vertical url_name="u">{inner}</vertical></sequential></chapter></course>'
    )


def every_page(visitor):
    for address in ("/", "/progress", "/info", "/completion", "/unit/u"):
        assert visitor.get(address).status_code == 200, address
