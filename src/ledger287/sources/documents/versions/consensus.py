"""Documents of one form -> the words that most of them print, and the places where they differ.

What enters: the words of each document, and its state. What leaves: ``FormWords``: the form's words, the other wordings
that several documents have, and the stretches that are filled in. The module promises that what one document alone has
is in no form, and that documents of one state do not decide a form by their number.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ledger287.core.text import MONTHS
from ledger287.sources.documents.declaring import common_words, forms

ROUNDS = 3
"""So often the words that most have are held against all again, so that none depends on the document begun with."""
HALF = 0.5
FEWEST = 4
"""Of fewer documents there is no majority: the words of one are the form's where no other has different ones."""
FILLED = 0.2
"""Where more of the documents than this have words that no others have, the place is filled in."""
MANY_WAYS = 3
"""In a place that is filled in there are at least so many different words."""
FEW, STATES, SAME_STATE = 2, 2, 5
"""A wording is the form's where two documents of two states have it, or so many of one."""
LEAST = 0.04
ALIKE = 0.75
"""How alike the words of two documents must be to be one wording."""
LONGEST = 140
"""Words of the longest wording; a longer stretch is not one place."""
NEAR = 3
"""Places with fewer equal words between them are one."""


@dataclass(frozen=True, slots=True)
class SharedWording:
    """Other words that several documents have in the place of a form's words from ``first`` to ``last``."""

    first: int
    last: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormWords:
    """What is common to the documents of a form: its words, the other wordings, and the stretches filled in."""

    words: tuple[str, ...]
    wordings: tuple[SharedWording, ...]
    filled: tuple[tuple[int, int], ...]


IsSlip = Callable[[Sequence[str], Sequence[str]], bool]
"""Whether words differ only by how they were read."""
Step = tuple[str, int, int, int, int]


def form_of(
    documents: Sequence[Sequence[str]], states: Sequence[str], sound: Sequence[int], is_slip: IsSlip
) -> FormWords:
    """The words of a form, with the places in which its documents differ by more than slips.

    ``sound`` are the documents that are read best: one of them is begun with.
    """
    many = Counter(states)
    counts = [many[state] ** -0.5 for state in states]
    words, named = _without_names(_agreed(documents, counts, sound))
    for _ in range(ROUNDS):
        places = _Places(words, documents, states)
        groups = places.groups(is_slip)
        usual = [group for group in groups if places.is_wording(group) and places.is_usual(group, counts)]
        if not usual:
            break
        words, named = _with(words, named, places.wording(max(usual, key=lambda one: len(one.numbers))))
    wordings, filled = [], {*named}
    for group in groups:
        one = places.wording(group)
        if not places.is_wording(group):
            places.alone.append(group)
        elif any((word.isdigit() and len(word) >= YEAR) or word in ADDRESS for word in one.words):
            filled.update(range(one.first, one.last + 1))
        elif one.last - one.first < PASSAGE or len(one.words) >= PART * (one.last - one.first):
            wordings.append(one)
    return FormWords(
        tuple(words),
        tuple(sorted(wordings, key=lambda one: (one.first, one.last, one.words))),
        _joined(filled | places.filled(), len(words)),
    )


PASSAGE = 20
"""So many words that several documents lack are of a page without text, not of another wording."""
PART = 0.25
YEAR = 4
ADDRESS = frozenset(["phone", "suite", "ste", "street", "avenue", "signed"])
"""Words of what is filled in, which no wording of a clause has; numbers of more digits than a year are as well."""


def _with(words: list[str], named: set[int], one: SharedWording) -> tuple[list[str], set[int]]:
    """The form's words with a wording in its place."""
    shift = len(one.words) - (one.last - one.first)
    moved = {at if at <= one.first else max(one.first, at + shift) for at in named}
    return [*words[: one.first], *one.words, *words[one.last :]], moved


def _agreed(documents: Sequence[Sequence[str]], counts: Sequence[float], sound: Sequence[int]) -> list[str]:
    """The words that most documents have, in their order, begun with the one that is least unlike all others."""
    if len(documents) < FEWEST:
        known = common_words()
        return _uncontested(list(max(documents, key=lambda one: sum(word in known for word in one))), documents)
    begun = min(sound, key=lambda at: _unlike(documents[at], documents, counts))
    words = list(documents[begun])
    best, least = words, _unlike(words, documents, counts)
    for _ in range(ROUNDS):
        words = _voted(words, documents, counts)
        unlike = _unlike(words, documents, counts)
        if unlike >= least:
            break
        best, least = words, unlike
    return best


def _unlike(words: Sequence[str], documents: Sequence[Sequence[str]], counts: Sequence[float]) -> float:
    from rapidfuzz.distance import Levenshtein

    return sum(count * Levenshtein.distance(words, other) for other, count in zip(documents, counts, strict=True))


def _uncontested(words: list[str], documents: Sequence[Sequence[str]]) -> list[str]:
    """The words of a document where none of two or three has other readable words in their place, but for names."""
    named = {*forms()["agency_words"], *forms()["names"], *forms()["signing"]["offices"]}
    known, out = common_words() - named, set[int]()
    for document in documents:
        steps = _steps(words, document)
        for tag, first, last, start, end in steps:
            if tag == "replace" and any(word in known and len(word) > 3 for word in document[start:end]):
                out.update(range(first, last))
        for first, last, _, _ in _differing(steps):
            if _is_day(words[first:last]):
                out.update(range(first, last))
    return [word for at, word in enumerate(words) if at not in out]


def _is_day(words: Sequence[str]) -> bool:
    """Whether words that another document lacks are the day of a signature, with the office that signed."""
    months = {month.lower() for month in MONTHS}
    sound = sum(word in common_words() for word in words)
    return sound < PASSAGE and bool(months & {*words}) and any(word.isdigit() and len(word) == YEAR for word in words)


def _voted(words: list[str], documents: Sequence[Sequence[str]], counts: Sequence[float]) -> list[str]:
    held = [0.0] * len(words)
    put: list[dict[tuple[str, ...], float]] = [defaultdict(float) for _ in range(len(words) + 1)]
    for document, count in zip(documents, counts, strict=True):
        for tag, first, last, start, end in _steps(words, document):
            if tag == "equal":
                for at in range(first, last):
                    held[at] += count
            elif end - start <= LONGEST:
                put[first][tuple(document[start:end])] += count
    half = HALF * sum(counts)
    found: list[str] = []
    for at in range(len(words) + 1):
        new, count = max(put[at].items(), key=lambda row: (row[1], row[0]), default=((), 0.0))
        if count > half:
            found += new
        if at < len(words) and held[at] > half:
            found.append(words[at])
    return found


def _without_names(words: Sequence[str]) -> tuple[list[str], set[int]]:
    """The words without those that are in no form and those of names, and the places where these were."""
    known, names = common_words(), {*forms()["names"]}
    found: list[str] = []
    places: set[int] = set()
    for at, word in enumerate(words):
        of_body = word in OF_BODY and at > 0 and words[at - 1] in names
        if (word in known or word.isdigit()) and word not in names and not of_body:
            found.append(word)
        elif word in names or of_body:
            places.add(len(found))
    return found, places


OF_BODY = frozenset(["office", "department"])
"""Words that belong to the name of an agency where they are behind another word of one: sheriffs office."""


def _steps(words: Sequence[str], document: Sequence[str]) -> list[Step]:
    from rapidfuzz.distance import Levenshtein

    return [
        (step.tag, step.src_start, step.src_end, step.dest_start, step.dest_end)
        for step in Levenshtein.opcodes(words, document)
    ]


@dataclass(slots=True)
class _Group:
    """Documents that differ from a form in one place alike: the place, and the number of each."""

    first: int
    last: int
    numbers: list[int]


@dataclass(slots=True)
class _Places:
    """The places in which documents differ from their form's words."""

    words: Sequence[str]
    documents: Sequence[Sequence[str]]
    states: Sequence[str]
    alone: list[_Group] = field(default_factory=list)
    steps: list[list[Step]] = field(default_factory=list)
    found: list[_Group] = field(default_factory=list)

    def groups(self, is_slip: IsSlip) -> list[_Group]:
        """The places that differ by more than slips, those of documents that have the same words together."""
        self.steps = [_steps(self.words, document) for document in self.documents]
        for number, document in enumerate(self.documents):
            for first, last, start, end in _differing(self.steps[number]):
                if max(last - first, end - start) > LONGEST or is_slip(self.words[first:last], document[start:end]):
                    continue
                self._put(number, first, last)
        return self.found

    def _put(self, number: int, first: int, last: int) -> None:
        from rapidfuzz.distance import Levenshtein

        for group in self.found:
            if group.first > last + 1 or first > group.last + 1:
                continue
            low, high = min(first, group.first), max(last, group.last)
            one, other = self.read(number, low, high), self.read(group.numbers[0], low, high)
            own = self.words[low:high]
            alike = Levenshtein.normalized_similarity(one, other)
            if high - low <= LONGEST and alike >= ALIKE and alike > Levenshtein.normalized_similarity(one, own):
                group.first, group.last = low, high
                group.numbers += [number] if number not in group.numbers else []
                return
        self.found.append(_Group(first, last, [number]))

    def read(self, number: int, first: int, last: int) -> tuple[str, ...]:
        """What a document has in the place of some words, without names and what could not be read."""
        steps, document = self.steps[number], self.documents[number]
        start = min(
            (s[3] if s[0] != "equal" else s[3] + max(0, first - s[1]) for s in steps if s[2] >= first), default=0
        )
        end = max(
            (s[4] if s[0] != "equal" else s[3] + min(s[2], last) - s[1] for s in steps if s[1] <= last), default=0
        )
        known, names = common_words(), forms()["names"]
        return tuple(word for word in document[start:end] if (word in known or word.isdigit()) and word not in names)

    def is_wording(self, group: _Group) -> bool:
        """Whether enough documents have it for it to be the form's."""
        many, of = len(group.numbers), {self.states[number] for number in group.numbers}
        return many >= max(FEW, LEAST * len(self.documents)) and (len(of) >= STATES or many >= SAME_STATE)

    def is_usual(self, group: _Group, counts: Sequence[float]) -> bool:
        """Whether more documents are like it than like the form's own words there."""
        from rapidfuzz.distance import Levenshtein

        low, high = group.first, group.last
        ways = (tuple(self.words[low:high]), self.wording(group).words)
        near = [0.0, 0.0]
        for number, count in enumerate(counts):
            said = self.read(number, low, high)
            own, other = (Levenshtein.distance(said, way) for way in ways)
            near[other < own] += count
        return near[1] > near[0]

    def wording(self, group: _Group) -> SharedWording:
        """What most documents of a group have in its place."""
        said = Counter(self.read(number, group.first, group.last) for number in group.numbers)
        return SharedWording(group.first, group.last, max(said, key=lambda words: (said[words], words)))

    def filled(self) -> set[int]:
        """The places in which many documents have words of their own."""
        own: list[set[int]] = [set() for _ in range(len(self.words) + 1)]
        ways = [0] * (len(self.words) + 1)
        for group in self.found:
            for at in range(group.first, group.last + 1):
                ways[at] += 1
        for group in self.alone:
            for at in range(group.first, group.last + 1):
                own[at].update(group.numbers)
        most = max(FEW, FILLED * len(self.documents))
        return {at for at in range(len(own)) if len(own[at]) >= most and ways[at] >= MANY_WAYS}


def _differing(steps: Sequence[Step]) -> list[tuple[int, int, int, int]]:
    """The places of a document that differ, near ones as one."""
    found: list[tuple[int, int, int, int]] = []
    for tag, first, last, start, end in steps:
        if tag == "equal":
            continue
        if found and first - found[-1][1] < NEAR:
            found[-1] = (found[-1][0], last, found[-1][2], end)
        else:
            found.append((first, last, start, end))
    return found


def _joined(places: set[int], words: int) -> tuple[tuple[int, int], ...]:
    """Places next to each other as stretches."""
    found: list[tuple[int, int]] = []
    for at in range(words + 1):
        if at in places:
            if found and found[-1][1] == at - 1:
                found[-1] = (found[-1][0], at)
            else:
                found.append((at, at))
    return tuple(found)
