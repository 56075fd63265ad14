"""Statements of the program's rules as newspapers say them: each is answered, and only a closed one is judged."""

from datetime import date

import pytest

from ledger287.factcheck.checking import Checker
from ledger287.factcheck.extract.statements.laws import LETTERS
from ledger287.factcheck.verdicts.answers import Answer
from ledger287.law.lawbook.book import shipped

DAY = date(2026, 4, 13)
OPENS = "The county takes part in the 287(g) program of U.S. Immigration and Customs Enforcement.\n\n"
AGREES = {
    "detainers": """
        A detainer is a request, not an order.
        ICE detainers are requests, not commands.
        Compliance with detainers is voluntary under federal law.
        Jails are not required by federal law to honor detainers.
        Detainers are issued by ICE officers and not by judges.
        The detainers are not signed by a judge.""",
    "warrants": """
        An administrative warrant is signed by an immigration officer, not a judge.
        Administrative warrants are issued by ICE officials rather than judges.
        An administrative warrant, unlike a judicial warrant, is not signed by a judge.
        ICE officers, not judges, sign administrative warrants.
        No judge signs an administrative warrant.""",
    "in writing": """
        Agreements must be in writing.
        Under the law, the agreements must be written.
        Federal law requires a written agreement with ICE.
        The program requires a written agreement between ICE and a state or local agency.""",
    "term": """
        The agreements have no end date.
        The agreements do not expire.
        The agreements remain in effect until one side ends them.
        There is no end date in the agreements.
        The agreements run indefinitely.""",
    "ending": """
        Either side can end an agreement.
        The agreements may be terminated in writing by either party.
        Warrant service officer agreements can be ended with 90 days' written notice.
        Either side may end a warrant service officer agreement with ninety days' notice.""",
    "training": """
        Officers must complete training before they can act under the agreement.""",
    "choice": """
        Participation in the program is voluntary under federal law.
        Under federal law, participation in the program is voluntary.
        The agreements are voluntary under federal law.
        Local agencies are not required by federal law to sign an agreement.""",
    "jails": """
        The jail enforcement model operates only inside jails.
        The warrant service officer model applies only inside jails.
        Under the jail enforcement model, officers work only inside the jail.""",
    "task forces": """
        The Trump administration revived the task force model in 2025.
        The task force model was revived in January 2025.
        The task force model returned in 2025.""",
    "supervision": """
        Officers in the program work under the supervision of ICE.
        ICE supervises the officers in the program.
        Under the agreements, the officers are supervised by federal immigration officers.""",
    "models": """
        The program has three models.
        There are three types of 287(g) agreements.
        Agencies can choose among three models.
        The agreements come in three forms.""",
    "beginnings": """
        The program dates to 1996.
        The program has existed since 1996.
        Section 287(g) became law in 1996.
        The program takes its name from Section 287(g) of the Immigration and Nationality Act.
        President Bill Clinton signed the law that created the program in 1996.
        No agency signed an agreement until 2002.""",
    "powers": """
        Under the jail enforcement model, deputies question inmates about their immigration status.
        Training for the task force model takes 40 hours.""",
    "bans": """
        Delaware bans 287(g) agreements.
        Delaware banned 287(g) agreements in 2025.
        Maryland banned 287(g) agreements this year.
        Illinois prohibits local police from signing 287(g) agreements.
        Illinois bars local agencies from 287(g) agreements.
        Washington state bars 287(g) agreements.
        In Illinois, 287(g) agreements are banned by state law.
        California bans local police from taking part in the 287(g) program.""",
    "delegation": """
        The agreements allow local officers to perform certain immigration enforcement functions.
        The program gives local officers the authority to carry out certain immigration functions.
        Section 287(g) authorizes ICE to delegate to state and local officers the authority to perform specified
        immigration functions.""",
}
DIFFERS = {
    "detainers": """
        A detainer is an order, not a request.
        Federal law requires jails to honor detainers.
        Detainers are mandatory under federal law.
        Detainers are signed by a judge.""",
    "warrants": """
        Administrative warrants are signed by a judge.
        An administrative warrant is signed by a judge, not an ICE officer.
        Judges sign administrative warrants.""",
    "in writing": """
        Agreements need not be in writing.
        The agreements may be oral.""",
    "ending": """
        Only ICE can end an agreement.
        Agreements cannot be ended.
        Neither side can end an agreement.
        Warrant service officer agreements can be ended with 30 days' notice.
        Warrant service officer agreements can be ended with 120 days' notice.""",
    "choice": """
        Participation in the program is mandatory under federal law.""",
    "jails": """
        The task force model operates only inside jails.""",
    "task forces": """
        The task force model was revived in 2017.
        The Trump administration revived the task force model in 2019.""",
    "state law": """
        Florida bans 287(g) agreements.
        California law requires sheriffs to sign 287(g) agreements.
        Delaware banned 287(g) agreements in 2020.""",
    "delegation": """
        The program allows ICE to delegate immigration authority to private contractors.""",
}
SHOWN = {
    "a home": """
        Administrative warrants do not allow officers to enter a home.
        An administrative warrant does not authorize entry into a home.
        ICE administrative warrants let officers enter a home without consent.""",
    "open": """
        Officers receive 40 hours of training.
        Officers get 40 hours of training.
        Florida became the first state to sign an agreement in 2002.
        The task force model enables police to detain and transport people to ICE.
        The Obama administration let the task force agreements expire in 2012.
        ICE created the warrant service officer model in 2019.
        The program is voluntary.
        Participation in the program is mandatory.
        The agreements expire after two years.
        A sheriff can withdraw from the agreement at any time.
        California law bans 287(g) agreements except in jails.
        Administrative warrants are signed by ICE officers only after a judge approves them.
        The officers are supervised by ICE.
        ICE trains the officers.
        Under the program, officers must be trained by ICE before they can take part.
        Local agencies pay for the program themselves.
        The warrant service officer model is the most limited of the three.
        The program lets local police deport people.
        The program does not let local officers enforce immigration law.
        Officers must have ten years of experience to join the task force model.""",
    "a state's own law": """
        Oregon forbids local police from enforcing immigration law.
        New Jersey bars local police from signing 287(g) agreements.
        Illinois has banned 287(g) agreements since 2009.
        Illinois does not ban 287(g) agreements.
        Illinois, California and Delaware prohibit 287(g) agreements.
        New Mexico banned 287(g) agreements this year.
        Florida law requires sheriffs to sign 287(g) agreements.
        Texas law requires sheriffs to sign agreements by Dec. 1, 2024.
        In Florida, detainers are orders.
        In Florida, neither side can end an agreement.""",
}


def sentences(table: dict[str, str]) -> list[str]:
    """The sentences of a table, each on its own line; one that goes on is joined."""
    lines = [line.strip() for text in table.values() for line in text.strip().splitlines()]
    joined: list[str] = []
    for line in lines:
        if joined and not joined[-1].endswith("."):
            joined[-1] += f" {line}"
        else:
            joined.append(line)
    return joined


def answers(checker: Checker, sentence: str) -> list[Answer]:
    """The answers to a sentence of a story on the program, without those to the line before it."""
    found = checker.check_text(OPENS + sentence, published=DAY).answers
    return [one for one in found if one.claim.span.end > len(OPENS)]


@pytest.mark.parametrize("sentence", sentences(AGREES))
def test_agrees(checker: Checker, sentence: str) -> None:
    found = answers(checker, sentence)
    assert [(one.verdict, one.law_holds) for one in found] == [("law", True)]


@pytest.mark.parametrize("sentence", sentences(DIFFERS))
def test_differs(checker: Checker, sentence: str) -> None:
    found = answers(checker, sentence)
    assert [(one.verdict, one.law_holds) for one in found] == [("law", False)]


@pytest.mark.parametrize("sentence", sentences(SHOWN))
def test_is_only_shown(checker: Checker, sentence: str) -> None:
    found = answers(checker, sentence)
    assert found and all((one.verdict, one.law_holds) == ("law", None) for one in found)


@pytest.mark.parametrize(
    "clause",
    ["let local officers enforce immigration law", "deputize local police to enforce immigration law"],
)
def test_a_relative_clause_on_law_leaves_the_figure(checker: Checker, clause: str) -> None:
    found = answers(checker, f"Nationwide, agencies have 1,651 agreements, which {clause}.")
    assert {one.verdict for one in found} == {"supported", "law"}


@pytest.mark.parametrize(
    ("sentence", "cited"),
    [
        ("Oregon forbids local police from enforcing immigration law.", "OR"),
        ("Illinois, California and Delaware prohibit 287(g) agreements.", "CA DE IL"),
        ("Florida law bans 287(g) agreements.", "FL"),
        ("Ohio law bans 287(g) agreements.", "US"),
        ("Alabama law requires sheriffs to sign 287(g) agreements.", "US"),
        ("Federal law bans 287(g) agreements.", "US"),
        ("Federal law compels agencies to sign an agreement.", "US"),
    ],
)
def test_law_shown_is_of_the_states_named(checker: Checker, sentence: str, cited: str) -> None:
    known = {f"{one.citation} [{LETTERS[one.standing]}]": one for one in shipped().provisions if not one.clause}
    (found,) = answers(checker, sentence)
    shown = [known[one] for one in found.citations]
    assert {code for one in shown for code in one.territory or ("US",)} == set(cited.split())
    assert ("the record has no law of" in found.reason) == (sentence.split(maxsplit=1)[0] in ("Ohio", "Alabama"))


SPANISH = {
    True: """
        Una orden administrativa es firmada por un funcionario de inmigración y no por un juez.
        Las órdenes administrativas no son firmadas por un juez.
        Los acuerdos no tienen fecha de vencimiento.
        Cualquiera de las partes puede poner fin al acuerdo.
        Los acuerdos deben hacerse por escrito.
        Según la ley federal, la participación en el programa es voluntaria.
        Illinois prohíbe los acuerdos 287(g).
        Delaware prohibió los acuerdos 287(g) en 2025.
        La ley federal no obliga a los condados a firmar acuerdos 287(g).
        El programa existe desde 1996.
        El modelo de fuerza de tarea volvió en 2025.""",
    False: """
        Las órdenes administrativas son firmadas por un juez.
        Florida prohíbe los acuerdos 287(g).
        La ley federal obliga a los condados a firmar acuerdos 287(g).
        El modelo de fuerza de tarea volvió en 2017.""",
    None: """
        El programa es voluntario.
        Los agentes reciben 40 horas de capacitación.
        Oregón prohíbe a la policía local aplicar las leyes de inmigración.
        Cualquiera de las partes puede terminar el acuerdo en cualquier momento.
        Las órdenes administrativas no permiten a los agentes entrar en una casa.""",
}


@pytest.mark.parametrize(
    ("sentence", "holds"), [(one, holds) for holds, text in SPANISH.items() for one in sentences({"": text})]
)
def test_is_answered_in_spanish(checker: Checker, sentence: str, holds: bool | None) -> None:
    opens = "El condado participa en el programa 287(g) del Servicio de Inmigración y Control de Aduanas (ICE).\n\n"
    answered = checker.check_text(opens + sentence, published=DAY).answers
    found = [one for one in answered if one.claim.span.end > len(opens)]
    assert [(one.verdict, one.law_holds) for one in found] == [("law", holds)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Illinois bans agreements with private prisons.",
        "Delaware no longer bans 287(g) agreements.",
        "Delaware bans 287(g) agreements only for state police.",
        "Agreements must be in writing except in emergencies.",
        "Either side can end an agreement only with a judge's approval.",
        "The agreements have no end date unless the sheriff sets one.",
        "Participation in the program is voluntary under federal law until 2027.",
        "Officers must complete training before they can act under the agreement if they are new.",
        "The program allows ICE to delegate immigration authority to local officers without training.",
    ],
)
def test_a_word_that_narrows_leaves_nothing_judged(checker: Checker, sentence: str) -> None:
    assert all(one.law_holds is None for one in answers(checker, sentence))
