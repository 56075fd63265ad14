"""Statements of law in their usual wordings: each clause of one is read completely, or its sources are only shown."""

from datetime import date

import pytest

from ledger287.factcheck.checking import Checker

DAY = date(2025, 10, 10)
AGREES = (
    "The program was created by the Illegal Immigration Reform and Immigrant Responsibility Act.",
    "The program was set up by an immigration law that Congress passed in 1996.",
    "287(g) was established under a 1996 federal law.",
    "The program’s roots lie in a 1996 immigration overhaul.",
    "The program stems from a 1996 law.",
    "The 287(g) program is named after a section of the Immigration and Nationality Act.",
    "The program takes its name from a little-known section of immigration law.",
    "Congress created the program in 1996.",
    "A 1996 immigration law created the program.",
    "The program grew out of the 1996 immigration act.",
    "The federal government began signing such agreements in the early 2000s.",
    "ICE first entered into 287(g) agreements in the early 2000s.",
    "Federal law leaves it to states and counties whether to join.",
    "Federal law lets counties decide whether to take part.",
    "Federal law does not require any sheriff to sign.",
    "Federal law does not require counties to sign 287(g) agreements.",
    "Federal law doesn’t force states to join the program.",
    "Under federal law, participation is voluntary.",
    "Under federal law, joining is up to the county.",
    "No sheriff is required by federal law to sign up.",
    "The program lets local officers perform certain immigration duties.",
    "The program trains deputies to carry out limited immigration tasks under ICE’s supervision.",
    "The program allows ICE to delegate immigration enforcement powers to local police.",
    "Under the program, ICE may give state officers the authority to carry out immigration duties.",
    "Under it, local officers may perform certain immigration tasks under federal supervision.",
    "Under the program, officers work under the direction of ICE.",
    "Under the law, officers are supervised by ICE.",
    "By federal law, states and counties must bear the costs.",
    "Under the statute, no agreement is required to cooperate with ICE.",
    "A 2010 report by the Homeland Security inspector general found that ICE and its partners did not follow all "
    "the terms of their agreements.",
)
DIFFERS = (
    "Federal law requires every sheriff to sign a 287(g) agreement.",
    "The program was created by the Homeland Security Act of 2002.",
    "The program was established under the USA Patriot Act.",
    "The program’s roots lie in a 1986 amnesty law.",
    "Congress created the 287(g) program in 2001.",
    "In 1990, lawmakers created 287(g).",
    "The program was authorized by a 2005 federal law.",
    "The federal government began signing such agreements in the late 1990s.",
    "The first such agreement was signed in 1997.",
    "The program lets ICE compel counties to join it.",
    "The program allows the federal government to force sheriffs to lend it their deputies.",
    "Nothing in federal law lets a sheriff refuse once ICE has asked.",
    "Federal law requires every sheriff to join.",
    "Federal law compels counties to take part in the program.",
    "Sheriffs are required by federal law to take part.",
    "Under federal law, counties must join the program.",
    "Under the program, private security guards may perform immigration duties.",
    "The program lets ICE give private contractors the power to enforce immigration law.",
    "The program lets citizens carry out immigration enforcement.",
    "Under the program, deputies work under the direction of the sheriff, not of ICE.",
    "By federal law, ICE must bear the full cost of any 287(g) agreement.",
)
SHOWN = (
    "Its roots lie in a 1986 amnesty law.",
    "It was created by the Homeland Security Act of 2002.",
    "The statute was written into law in 2002.",
    "The program was launched in 2019.",
    "ICE began signing such agreements in 2019.",
    "Joining the program is voluntary.",
    "Nobody has to sign.",
    "Under the section, deputies are under the command of the sheriff.",
    "The county may end the agreement with 90 days’ notice.",
    "In Maricopa County, a judge ruled against the sheriff’s use of the program.",
    "Florida was the first state to sign, in 2002.",
)
OPEN = (
    "Federal law requires participating agencies to sign agreements.",
    "Under federal law, participating agencies must sign an agreement.",
    "Federal law requires agencies to sign an agreement.",
    "Federal law requires agencies to sign an agreement before their officers can make immigration arrests.",
    "By law, local governments pay the costs.",
    "No one says the program was created by the Homeland Security Act of 2002.",
    "The task force program was created by the Homeland Security Act of 2002.",
    "The Ohio program was created by the Homeland Security Act of 2002.",
    "The program was created by the Homeland Security Act of 2002 in Ohio.",
    "The program was never created by the Homeland Security Act of 2002.",
    "If the program was created by the Homeland Security Act of 2002, the judge is right.",
    "The program that runs the jail was created by the Homeland Security Act of 2002.",
    "The program was created by a state act of 2002.",
    "ICE began signing such agreements in Texas in 1999.",
    "ICE began signing such agreements with prisons in 1999.",
    "Federal law requires no sheriff to join.",
    "Federal law requires sheriffs to sign up for the database.",
    "Federal law requires counties to join if they run a prison.",
    "Federal law requires agencies to take part in the training.",
    "Federal law requires sheriffs in Ohio to join.",
    "Federal law no longer requires sheriffs to join.",
    "Federal law hardly requires sheriffs to join.",
    "Under federal law, counties must join the program by May.",
    "The bill says that federal law requires sheriffs to join.",
    "Under a proposed rule, the program lets ICE compel counties to join it.",
    "The program lets ICE compel counties to join it only in war.",
    "Under the pilot program, private guards may perform immigration duties.",
    "The program lets off-duty private guards drive vans.",
    "The program lets local officers perform any immigration duties.",
    "The program lets local officers perform certain immigration duties without training.",
    "The program lets local officers in Ohio perform certain immigration duties.",
    "Local police are under federal supervision.",
    "Under the program, officers work under the direction of ICE at night.",
    "Under the consent decree, officers work under the direction of ICE.",
    "By statute, Washington must bear the full cost of any agreement for overtime.",
    "Under the statute, no agreement is required to arrest people.",
    "A 2010 report by the county’s inspector general found that ICE and its partners did not follow all the terms.",
    "The first agreement was signed in 1997, in another program.",
)


def law_in(checker: Checker, text: str) -> list[bool | None]:
    """Whether each statement of law in a text agrees with its sources."""
    return [one.law_holds for one in checker.check_text(text, published=DAY).answers if one.verdict == "law"]


@pytest.mark.parametrize("text", AGREES)
def test_a_usual_wording_agrees_with_the_provision(checker: Checker, text: str) -> None:
    assert law_in(checker, text) == [True]


@pytest.mark.parametrize("text", DIFFERS)
def test_a_false_statement_in_a_usual_wording_differs(checker: Checker, text: str) -> None:
    assert law_in(checker, text) == [False]


@pytest.mark.parametrize("text", SHOWN)
def test_what_may_be_of_something_else_is_shown_and_not_judged(checker: Checker, text: str) -> None:
    assert law_in(checker, text) == [None]


@pytest.mark.parametrize("text", OPEN)
def test_a_word_more_leaves_the_statement_open(checker: Checker, text: str) -> None:
    assert set(law_in(checker, text)) <= {None}, text


@pytest.mark.parametrize("text", (*AGREES, *DIFFERS))
@pytest.mark.parametrize("word", ["hardly", "usually", "green"])
def test_a_word_that_no_wording_has_withholds_the_verdict(checker: Checker, text: str, word: str) -> None:
    words = text.split()
    for at in (1, len(words) // 2, len(words) - 1):
        said = " ".join([*words[:at], word, *words[at:]])
        assert set(law_in(checker, said)) <= {None}, said


def test_a_statement_of_law_that_is_only_shown_takes_no_word_from_a_figure(checker: Checker) -> None:
    text = "By Aug. 14, 2025, ICE had 895 agreements, which let officers question drivers during routine patrols."
    found = {one.verdict for one in checker.check_text(text, published=DAY).answers}
    assert "supported" not in found
