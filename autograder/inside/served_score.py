"""A score as the host sent it."""

from course.score import SCORE_MIME, Score


class ServedScore(Score):
    """A Score that is shown in the host's words, as text and as a table."""

    @classmethod
    def served(cls, told):
        """Return the Score of {"data", "html", "text"}, see Score for the data."""
        score = cls.from_data(told["data"])
        score._data, score._html, score._text = told["data"], told["html"], told["text"]
        return score

    def __str__(self):
        return self._text

    def _repr_html_(self):
        return self._html

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/plain": repr(self), "text/html": self._html, SCORE_MIME: self._data}
