"""The kinds of problem that folding lists into a history raises."""

from ledger287.core.problem import declare_kinds

KINDS = declare_kinds(
    "ledger.fold",
    {
        "unknown_state": "A STATE that is not a state or territory.",
        "unknown_model": "A SUPPORT TYPE that is not a model.",
        "model_in_doubt": "Another model in the place of an agreement, with its agency, day and document.",
        "unknown_type": "A TYPE that is not known.",
        "unreadable_signed": "A SIGNED that is not a date.",
        "signed_after_list": "A signing day after the list that prints it.",
        "missing_agency": "A row without an agency.",
        "unknown_document": "An MOA or ADDENDUM that is not a document.",
        "missing_document": "A document cell without its link.",
        "undated_list": "A list whose publication cannot be dated.",
        "doubted_name": "A list dated long after its workbook was last saved.",
        "same_name_other_content": "Two files of one name with different contents.",
        "near_miss": "A spelling close to that of another agency.",
        "unused_correction": "A declared correction that no row uses.",
        "stale_correction": "A declared correction whose row no longer prints what it expects.",
        "registry_conflict": "The registry and the lists disagree.",
    },
)
