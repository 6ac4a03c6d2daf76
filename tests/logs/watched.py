"""A request that remembers what of its address a handler has looked at."""

from webob import Request

EVERYTHING = "the whole address"


class _Heard:
    """The query, which notes the names that it is asked for."""

    def __init__(self, query, heard):
        self._query, self._heard = query, heard

    def __getitem__(self, name):
        self._heard.add(name)
        return self._query[name]

    def __contains__(self, name):
        self._heard.add(name)
        return name in self._query

    def get(self, name, default=None):
        self._heard.add(name)
        return self._query.get(name, default)

    def getall(self, name):
        self._heard.add(name)
        return self._query.getall(name)

    def __getattr__(self, name):
        self._heard.add(EVERYTHING)
        return getattr(self._query, name)

    def __iter__(self):
        self._heard.add(EVERYTHING)
        return iter(self._query)

    def __len__(self):
        self._heard.add(EVERYTHING)
        return len(self._query)


class WatchedRequest(Request):
    """`heard` are the names in the query that were looked at; `EVERYTHING` stands for those who take it all."""

    @property
    def heard(self):
        return self.environ.setdefault("tests.heard", set())

    @property
    def GET(self):  # noqa: N802 - the name is webob's
        return _Heard(super().GET, self.heard)

    @property
    def query_string(self):
        self.heard.add(EVERYTHING)
        return self.environ.get("QUERY_STRING", "")

    @property
    def path_qs(self):
        self.heard.add(EVERYTHING)
        return super().path_qs

    @property
    def url(self):
        self.heard.add(EVERYTHING)
        return super().url
