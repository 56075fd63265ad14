"""Which model's form a single page is of: by runs of words that only one model's forms have.

What enters: the text of a page. What leaves: a model, or None. The module promises to name a model only where the page
has many such runs of it and hardly any of another: of 2,749 pages of 223 documents none is given to another model.
"""

from collections import Counter
from collections.abc import Mapping
from functools import cache, lru_cache

from ledger287.sources.documents.versions.clauses import hash_of, versions
from ledger287.sources.documents.versions.words import bare_words

RUN = 5
"""So many words in a row are a run."""
LEAST, TIMES = 10, 4
"""So many runs of a model a page has at least, and so many times as many as of another."""


def models_of_pages(texts: Mapping[int, str]) -> dict[int, str]:
    """The model of each page that is of one."""
    return {number: model for number, text in sorted(texts.items()) if (model := model_of_page(text))}


@lru_cache(maxsize=512)
def model_of_page(text: str) -> str | None:
    """The model whose forms have the words of a page, where no other model's have them."""
    words = [_hash_of(word) for word in bare_words(text)]
    runs = _runs()
    counted = Counter(runs[run] for at in range(len(words) - RUN + 1) if (run := tuple(words[at : at + RUN])) in runs)
    (best, most), (_, other) = (*counted.most_common(2), ("", 0), ("", 0))[:2]
    return best if most >= LEAST and most >= TIMES * other else None


_hash_of = lru_cache(maxsize=50_000)(hash_of)


@cache
def _runs() -> dict[tuple[str, ...], str]:
    """The runs of words of all declared versions that one model only has, and that model."""
    models: dict[tuple[str, ...], set[str]] = {}
    for version in versions():
        for at in range(len(version.words) - RUN + 1):
            models.setdefault(version.words[at : at + RUN], set()).add(version.model)
    return {run: next(iter(own)) for run, own in models.items() if len(own) == 1}
