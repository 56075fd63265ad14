"""Lines of a log that say a person is kept on another ground, after the time at which they could have left.

What enters: the query of a log's lines, with ``other`` where a line is of such a ground. What leaves: a query of the
same lines, in which such a line is a second time of release: the two contradict, and the hold is unknown.
"""

from ledger287.custody.intake.columns.grounds import START
from ledger287.custody.intake.fields import ENDS


def kept_on(lines: str) -> str:
    """The lines of a log, those of another ground between the time of release and the end as times of release."""
    ends = ", ".join(f"'{end}'" for end in ENDS)
    own = 'over (partition by "case")'
    begun = f"""min("at") filter (where event = '{START}') {own} as begun"""
    gone = f'min("at") filter (where event in ({ends})) {own} as gone'
    event = f"""case when other and "at" > begun and "at" < coalesce(gone, "at" + 1) then '{START}' else event end"""
    read = f"select * replace ({event} as event) from (select *, {begun}, {gone} from ({lines}))"
    return f"select * exclude (other, begun, gone) from ({read}) where event is not null order by row"
