"""What may withhold a verdict, or give one back, once all sentences are answered: in the order in which it must happen.

What enters: the answers of an article, its sentences as printed, and the index. What leaves: the same answers, each
with the verdict that its text allows. Promise: no answer is added or lost; only a figure of the state that its
paragraph speaks of becomes firm.
"""

from collections.abc import Sequence

from ledger287.factcheck.continuing import once_had
from ledger287.factcheck.extract.statements.named.names.namesakes import among_namesakes
from ledger287.factcheck.measures.index import Index
from ledger287.factcheck.parse.datelines import Dateline
from ledger287.factcheck.parse.parsing import Parsed
from ledger287.factcheck.text.cleaning import Article
from ledger287.factcheck.verdicts.answers import Answer
from ledger287.factcheck.verdicts.together.meeting import on_one_list
from ledger287.factcheck.verdicts.together.of_its_paragraph import of_its_paragraph
from ledger287.factcheck.verdicts.together.sound import on_sure_counts
from ledger287.factcheck.verdicts.withheld.another_state import (
    in_its_own_state,
    of_state_named_before,
    of_the_state_meant,
)
from ledger287.factcheck.verdicts.withheld.days.after_the_record import after_the_record
from ledger287.factcheck.verdicts.withheld.each_or_together import each_or_together
from ledger287.factcheck.verdicts.withheld.joined_subject import of_both
from ledger287.factcheck.verdicts.withheld.leaning import on_what_came_before
from ledger287.factcheck.verdicts.withheld.more_than_another import than_another
from ledger287.factcheck.verdicts.withheld.other_scopes import with_other_scopes


def in_turn(
    answers: Sequence[Answer],
    article: Article,
    parsed: Sequence[Parsed],
    dateline: Dateline | None,
    years: tuple[int, int],
    index: Index,
) -> list[Answer]:
    """The answers with the verdicts that the entire text allows."""
    text, published = article.text, article.published
    state = dateline.state if dateline else None
    ordered = [once_had(after_the_record(one, published, index.days[-1]), article, index) for one in answers]
    ordered = [of_both(in_its_own_state(one, text, index), text) for one in ordered]
    ordered = [of_state_named_before(one, parsed, state) for one in ordered]
    ordered = [of_its_paragraph(one, parsed, state, published, index) for one in ordered]
    ordered = [of_the_state_meant(one, parsed, published, index) for one in ordered]
    ordered = [among_namesakes(one, text, published, years, index) for one in ordered]
    ordered = [each_or_together(one, text, published, index) for one in ordered]
    ordered = with_other_scopes(on_one_list(ordered, article, index), text, published, index)
    return than_another(on_sure_counts(on_what_came_before(ordered, parsed, published, index), text), text)
