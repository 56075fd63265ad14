"""How verdicts, kinds of agencies and models are called in answers, and which verdicts go together.

What enters: nothing. What leaves: the words by their codes. Promise: the keys are those of the JSON form.
"""

VERDICT_NAMES: dict[str, str] = {
    "supported": "supported",
    "supported_if": "supported if",
    "contradicted": "contradicted",
    "was_true": "true on these days",
    "became_true": "true on later days",
    "arithmetic_holds": "arithmetic holds",
    "arithmetic_fails": "arithmetic fails",
    "law": "law",
    "not_in_record": "not in the record",
    "cannot_tell": "cannot tell",
    "figure_fits": "figure fits, not the whole sentence",
    "as_stated": "as stated by a source",
}


AGAINST = ("contradicted", "arithmetic_fails")
FITTING = ("supported", "supported_if")
"""Verdicts by which the record has what is said."""
NOT_THEN = ("contradicted", "was_true", "became_true")
"""Verdicts on what the record does not give for the time that is meant, though perhaps for another one."""
JUDGED = (*FITTING, *NOT_THEN)
"""Verdicts of the record, for or against."""
UNCONDITIONAL = ("supported", *NOT_THEN)
"""Those of them that rest on no condition."""
FIRM = (*JUDGED, "arithmetic_holds", "arithmetic_fails")
"""Verdicts that decide, by the record or by the text's own figures."""


KIND_NAMES = {
    "sheriffs": "sheriff's offices",
    "police": "municipal police departments",
    "constables": "constables' offices",
    "campuses": "campus police departments",
    "state_agencies": "state agencies",
    "county_agencies": "county agencies",
    "type:municipality": "agencies that ICE lists as municipal",
    "type:county": "agencies that ICE lists as county ones",
    "type:state": "agencies that ICE lists as state ones",
}


MODEL_NAMES = {
    "JEM": "the Jail Enforcement Model",
    "WSO": "the Warrant Service Officer model",
    "TFM": "the Task Force Model",
    "JEM+WSO": "either of the two models for jails",
    "JEM+TFM": "the Jail Enforcement Model or the Task Force Model",
    "WSO+TFM": "the Warrant Service Officer model or the Task Force Model",
    "=JEM+WSO": "the two models for jails and no other",
    "=JEM": "the Jail Enforcement Model and no other",
    "=WSO": "the Warrant Service Officer model and no other",
    "=TFM": "the Task Force Model and no other",
}
"""Models as sentences name them; of several, either of them, and with "=" no other."""
