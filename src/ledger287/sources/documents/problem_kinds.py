"""The kinds of problem that reading agreement documents raises."""

from ledger287.core.problem import declare_kinds

KINDS = declare_kinds(
    "sources.documents",
    {
        "not_fetched": "A URL that gave no file.",
        "bad_url": "A URL that names no site.",
        "site_left_alone": "A site that refused several requests in a row.",
        "not_a_pdf": "A file that is not a PDF.",
        "cannot_open": "A file that cannot be opened: a link to nothing, a pipe, or what this user may not open.",
        "encrypted": "A PDF that is encrypted.",
        "truncated": "A PDF that ends early.",
        "too_large": "A PDF over the size limit.",
        "too_many_pages": "A PDF over the limit of pages.",
        "picture_too_large": "A page whose picture is larger than any scan; it was not read.",
        "pages_not_seen": "Pages of a scan that were not looked at, since it has more than the limit.",
        "too_slow": "A PDF that takes too long to read.",
        "too_much_memory": "A PDF that takes too much memory to read.",
        "stopped": "A reading that was stopped.",
        "active_content": "A PDF with scripts or actions, which are not run.",
        "attachment": "A PDF with attached files, which are not opened.",
        "no_reader": "A scan, where no reader of scans is installed.",
        "not_an_agreement": "A document that is not an agreement.",
        "several_agreements": "A file that holds more than one agreement; each is read.",
        "signed_by_another": "A page of signatures of another agency, bound into a document by mistake.",
        "signed_again": "A second page of signatures of the same agreement, with another day.",
        "no_opening": "An agreement without the page on which it opens; its other pages are read.",
        "page_of_another": "A page of another agency's document, or of another model's form, among an agreement's own.",
        "signatures_first": "A page of signatures that is before the page on which its agreement opens.",
        "pages_reversed": "An agreement whose pages are in reverse order.",
        "addendum_not_compared": "An addendum whose words are in no known form; its text was not compared.",
        "older_form": "An agreement of an older form, of 2002 to 2009, known by its opening.",
        "unknown_form": "An agreement of a form that is not known.",
    },
)
