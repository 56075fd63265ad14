"""A sentence with its tokens and amounts.

What enters: a sentence. What leaves: ``Parsed``, which every later step reads. Promise: tokens and amounts keep
their order and their spans.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ledger287.factcheck.parse.model import Amount, Token
from ledger287.factcheck.parse.phrases import amounts as amounts_of
from ledger287.factcheck.parse.tokens import tokens_of
from ledger287.factcheck.text.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Parsed:
    """A sentence with its tokens and amounts."""

    sentence: Sentence
    tokens: tuple[Token, ...]
    amounts: tuple[Amount, ...]

    def between(self, first: int, last: int) -> Sequence[Token]:
        """The tokens of a stretch, the end excluded."""
        return self.tokens[max(first, 0) : last]

    def kinds(self) -> set[str]:
        """The kinds of token that it has."""
        return {token.kind for token in self.tokens}


def parse(sentence: Sentence) -> Parsed:
    """Tokenise and parse one sentence."""
    tokens = tokens_of(sentence.text, sentence.span.start)
    return Parsed(sentence, tuple(tokens), tuple(amounts_of(tokens)))


def states_named(parsed: Sequence[Parsed]) -> tuple[str, ...]:
    """The states that a text names, the most often named first."""
    counts = Counter(token.value for sentence in parsed for token in sentence.tokens if names_state(token))
    return tuple(state for state, _ in counts.most_common())


def names_state(token: Token) -> bool:
    """Whether a token is a state: by itself, or as whose total a number is of (five of Montana's 56 sheriffs)."""
    return token.kind == "PLACE" or (token.kind == "WHOSE" and len(token.value) == 2 and token.value.isupper())


OPENING = 4


def opens_in_state(parsed: Parsed) -> bool:
    """Whether a sentence opens in a state, which the next ones are of: Elsewhere in Virginia it is wider."""
    opening = parsed.tokens[:OPENING]
    return any(one.text.lower() == "in" and after.kind == "PLACE" for one, after in pairwise(opening))
