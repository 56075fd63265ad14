"""How facts are said in English: nouns, places, days, clauses, and the sentences that they are put into."""

from claim_templates.facts import Fact
from claim_templates.saying import Say, number, state_name

NOUNS = {
    "agreements": ("287(g) agreements", "agreements under 287(g)", "287(g) agreements with ICE"),
    "agencies": ("agencies", "law enforcement agencies"),
    "sheriffs": ("sheriff's offices", "sheriffs", "sheriff’s offices"),
    "police": ("police departments",),
    "counties": ("counties",),
    "states": ("states",),
}
MODELS = {"TFM": "task force", "JEM": "jail enforcement", "WSO": "warrant service officer"}
HEDGES = {
    "": ("",),
    "more": ("more than ", "over "),
    "least": ("at least ", "no fewer than "),
    "fewer": ("fewer than ",),
    "most": ("at most ", "no more than "),
    "nearly": ("nearly ", "almost "),
    "about": ("about ", "roughly ", "around "),
}
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip
BRIEF = ("Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
SAYS = (
    "", "", "", "According to ICE, ", "ICE data show that ", "A review of ICE records found that ",
    "The agency says ",
)  # fmt: skip
SAID = ("", "", "", ", according to ICE data", ", ICE records show", ", the agency's figures show")
ASIDES = (
    "", "", "", ", which borders no ocean,", ", where the governor has praised the program,",
    ", a state that has long debated immigration,", " — home to some of the program's loudest critics —",
)  # fmt: skip
ORDINALS = ("", "the most", "the second-most", "the third-most", "the fourth-most", "the fifth-most")
PLACES = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "10th")


def on(say: Say, fact: Fact, at: int = -1, *, front: bool = False) -> str:
    """The day of a fact; none where it is the story's own."""
    day = fact.days[at]
    if at == -1 and day == fact.published and fact.shape not in ("growth", "rise"):
        return ""
    months = say.of(MONTHS, BRIEF)
    year = "" if day.year == fact.published.year and say.of(True, False) else f", {day.year}"
    opens = say.of("on", "as of") if at == -1 else "on"
    said = f"{opens} {months[day.month - 1]} {day.day}{year}"
    return f"{said[:1].upper()}{said[1:]}, " if front else f" {said}"


def in_month(fact: Fact, say: Say) -> str:
    """The month or year in which something happened."""
    first, last = fact.days[0], fact.days[-1]
    if first.month == last.month and first.year == last.year:
        year = "" if first.year == fact.published.year and say.of(True, False) else f" {first.year}"
        return f"in {MONTHS[first.month - 1]}{year}"
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return f"in {first.year}"
    return f"between {MONTHS[first.month - 1]} {first.day} and {MONTHS[last.month - 1]} {last.day}, {last.year}"


def figure(say: Say, fact: Fact) -> str:
    """A number with its hedge, marked."""
    return say.of(*HEDGES[fact.hedge]) + say.mark(fact, number(fact.value, say.of(True, False)))


def where(fact: Fact) -> str:
    return " in " + listed([state_name(state) for state in fact.states]) if fact.states else ""


def listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def under(say: Say, fact: Fact) -> str:
    return f" under the {MODELS[fact.model]} model" if fact.model else ""


def noun(say: Say, fact: Fact) -> str:
    return say.of(*NOUNS[fact.unit])


def count(say: Say, fact: Fact) -> str:
    """A clause on how many there were."""
    n, when, place, model = figure(say, fact), on(say, fact), where(fact), under(say, fact)
    front = on(say, fact, front=True)
    was = "was" if fact.value == 1 else "were"
    had = "had" if when else "has"
    holder = listed([state_name(one) for one in fact.states]) if fact.states else "ICE"
    have = "have" if had == "has" and len(fact.states) > 1 else had
    now = "are" if not when else was
    if fact.unit == "agreements":
        what = noun(say, fact)
        forms = [
            f"{holder} {have} {n} {what}{model}{when}",
            f"{n} {what}{model} {now} in force{place}{when}",
            f"there {now} {n} {what}{model}{place}{when}",
            f"{front}{n} {what}{model} {was} in force{place}" if front else f"{holder} {have} {n} {what}{model}",
            f"{front}{holder} {have} {n} {what}{model}" if front else f"{n} {what}{model} {now} active{place}",
            f"the number of {what}{model}{place} {'was' if when else 'is'} {n}{when}",
        ]
        if fact.model:
            forms.append(f"{holder} {have} {n} {MODELS[fact.model]} agreements{when}")
    elif fact.unit == "states":
        forms = [
            f"{n} states had at least one agency with a 287(g) agreement{model}{when}",
            f"agencies in {n} states {'held' if when else 'hold'} 287(g) agreements{model}{when}",
        ]
    elif fact.unit == "counties":
        forms = [f"{n} counties{place} {'had' if when else 'have'} an agency with a 287(g) agreement{model}{when}"]
    else:
        what = noun(say, fact)
        forms = [
            f"{n} {what}{place} {'held' if when else 'hold'} 287(g) agreements{model}{when}",
            f"{n} {what}{place} {'were' if when else 'are'} taking part in 287(g){model}{when}",
            f"287(g) agreements{model} {'were' if when else 'are'} held by {n} {what}{place}{when}",
            f"{front}{n} {what}{place} had 287(g) agreements{model}" if front else
            f"{n} {what}{place} have 287(g) agreements{model}",
            f"the 287(g) program{place} {'included' if when else 'includes'} {n} {what}{when}" if not fact.model else
            f"{n} {what}{place} {'had' if when else 'have'} signed 287(g) agreements{model}{when}",
        ]  # fmt: skip
    return say.of(*forms)


def signed(say: Say, fact: Fact) -> str:
    """A clause on how many were signed."""
    n, when, place, model, what = (
        figure(say, fact), in_month(fact, say), where(fact), under(say, fact), noun(say, fact),
    )  # fmt: skip
    front = f"{when[:1].upper()}{when[1:]}, "
    if fact.unit == "agreements":
        forms = [
            f"ICE signed {n} {what}{model}{place} {when}",
            f"{n} {what}{model} were signed{place} {when}",
            f"{front}{n} {what}{model} were signed{place}",
        ]
    else:
        forms = [
            f"{n} {what}{place} signed 287(g) agreements{model} {when}",
            f"{front}{n} {what}{place} signed 287(g) agreements{model}",
            f"287(g) agreements{model} were signed by {n} {what}{place} {when}",
        ]
    return say.of(*forms)


def share(say: Say, fact: Fact) -> str:
    """A clause on a part of all agreements."""
    when, front = on(say, fact), on(say, fact, front=True)
    n = say.of(*HEDGES[fact.hedge]) + say.mark(fact, f"{fact.value:g}" + say.of("%", " percent"))
    was = "were" if when else "are"
    if fact.model:
        return say.of(
            f"{n} of 287(g) agreements {was} under the {MODELS[fact.model]} model{when}",
            f"{front}{n} of all 287(g) agreements {was} under the {MODELS[fact.model]} model",
        )
    name = state_name(fact.states[0])
    return say.of(
        f"{n} of 287(g) agreements {was} in {name}{when}",
        f"{name} {'accounted' if when else 'accounts'} for {n} of all 287(g) agreements{when}",
        f"{front}{n} of the nation's 287(g) agreements {was} in {name}",
    )


def rank(say: Say, fact: Fact) -> str:
    """A clause on a state's place."""
    when, name, at = on(say, fact), state_name(fact.states[0]), int(fact.value)
    had = "had" if when else "has"
    what = "287(g) agreements" if fact.unit == "agreements" else "participating agencies"
    forms = [f"{name} {'ranked' if when else 'ranks'} {say.mark(fact, PLACES[at])} by {fact.unit}{when}"]
    if at < len(ORDINALS):
        forms.append(f"{name} {had} {say.mark(fact, ORDINALS[at])} {what}{when}")
        forms.append(f"{name} {had} {say.mark(fact, ORDINALS[at])} {what} of any state{when}")
    return say.of(*forms)


def gap(say: Say, fact: Fact) -> str:
    """A clause on how many more one state has than another."""
    when, one, two = on(say, fact), state_name(fact.states[0]), state_name(fact.rival[0])
    what = "287(g) agreements" if fact.unit == "agreements" else "agencies with 287(g) agreements"
    return f"{one} {'had' if when else 'has'} {figure(say, fact)} more {what} than {two}{when}"


def times(say: Say, fact: Fact) -> str:
    when, one, two = on(say, fact), state_name(fact.states[0]), state_name(fact.rival[0])
    n = say.of(*HEDGES[fact.hedge]) + say.mark(fact, f"{fact.value:g} times")
    return f"{one} {'had' if when else 'has'} {n} as many 287(g) agreements as {two}{when}"


def growth(say: Say, fact: Fact) -> str:
    """A clause on by how much a number grew."""
    what, place, model = noun(say, fact), where(fact), under(say, fact)
    from_ = on(say, fact, 0).replace(" on ", " from ", 1)
    to = on(say, fact).replace(" on ", " to ", 1).replace(" as of ", " to ", 1)
    n = say.of(*HEDGES[fact.hedge]) + say.mark(fact, f"{fact.value:g}%" if fact.shape == "growth"
                                               else number(fact.value, False))  # fmt: skip
    counts = (
        f"the number of {what}{model}{place}"
        if fact.unit == "agreements"
        else f"the number of {what}{place} with 287(g) agreements{model}"
    )
    return say.of(f"{counts} grew by {n}{from_}{to}", f"{counts} rose by {n}{from_}{to}")


SAYING = {"count": count, "signed": signed, "share": share, "rank": rank, "gap": gap, "times": times,
          "growth": growth, "rise": growth}  # fmt: skip


def single(say: Say, facts: list[Fact]) -> str:
    """One clause, with who says so and what is said next to it."""
    clause = SAYING[facts[0].shape](say, facts[0])
    opening = say.of(*SAYS)
    closing = "" if opening else say.of(*SAID)
    aside = say.of(*ASIDES)
    name = state_name(facts[0].states[0]) if len(facts[0].states) == 1 else ""
    if aside and name and clause.count(name) == 1 and f"{name} " in clause and not clause.startswith("In "):
        clause = clause.replace(f"{name} ", f"{name}{aside} ", 1)
    if opening and clause.startswith(("On ", "As of ", "In ")):
        clause = clause[:1].lower() + clause[1:]
    return f"{opening}{clause}{closing}."


def two_clauses(say: Say, facts: list[Fact]) -> str:
    """Two clauses joined."""
    one, two = (SAYING[fact.shape](say, fact) for fact in facts)
    if two.startswith(("On ", "As of ", "In ")):
        two = two[:1].lower() + two[1:]
    return f"{one}{say.of('; ', ', while ', ', and ', ', but ', ' — and ')}{two}."


def each_of_states(say: Say, facts: list[Fact]) -> str:
    """Several states, each with its number."""
    names = [state_name(one.states[0]) for one in facts]
    numbers = [say.mark(one, number(one.value, False)) for one in facts]
    when, had = on(say, facts[0]), "had" if on(say, facts[0]) else "have"
    has = "had" if when else "has"
    what = "287(g) agreements" if facts[0].unit == "agreements" else "agencies with 287(g) agreements"
    model = under(say, facts[0])
    rest = "".join(f"{name} {one}, " for name, one in zip(names[1:-1], numbers[1:-1], strict=True))
    brackets = listed([f"{name} ({one})" for name, one in zip(names, numbers, strict=True)])
    return say.of(
        f"{listed(names)} {had} {listed(numbers)} {what}{model}, respectively{when}.",
        f"{names[0]} {has} {numbers[0]} {what}{model}{when}, {rest}and {names[-1]} {numbers[-1]}.",
        f"{brackets} {had} 287(g) {facts[0].unit}{model}{when}." if facts[0].unit == "agreements" else
        f"{listed(names)} {had} {listed(numbers)} {what}{model}, respectively{when}.",
        f"{names[0]} {has} {numbers[0]} {what}{model}{when}; {names[1]} {has} {numbers[1]}.",
        f"{names[0]}, with {numbers[0]} {what}{model}, and {names[1]}, with {numbers[1]}, lead their neighbors{when}.",
    )  # fmt: skip


def part_of(say: Say, facts: list[Fact]) -> str:
    """A number, and a part of it."""
    whole, part = facts
    n, all_ = figure(say, part), say.mark(whole, number(whole.value, False))
    when = on(say, whole)
    was = "were" if when else "are"
    place = f" in {listed([state_name(one) for one in part.states])}" if part.states != whole.states else ""
    model = under(say, part) if part.model != whole.model else ""
    of = f"{state_name(whole.states[0])}'s " if whole.states else "the "
    has = "had" if when else "has"
    holder = state_name(whole.states[0]) if whole.states else "ICE"
    front = on(say, whole, front=True)
    holders = listed([state_name(one) for one in part.states]) if part.states else ""
    forms = [
        f"of {of}{all_} 287(g) agreements{when}, {n} {was}{place or model}",
        f"{n} of {of}{all_} 287(g) agreements {was}{place or model}{when}",
        f"{holder} {has} {all_} 287(g) agreements{when}; of these, {n} {was}{place or model}",
        f"{holder} {has} {all_} 287(g) agreements{when}, {n} of them{place or model}",
        f"{front}{holder} {has} {all_} 287(g) agreements, including {n}{place or model}",
        f"{holder} {has} {all_} 287(g) agreements{when}, of which {n} {was}{place or model}",
        f"{n} of {holder}'s {all_} 287(g) agreements {was}{place or model}{when}",
        f"{front}{n} of {of}{all_} 287(g) agreements {was}{place or model}",
        f"{holder} {has} {all_} 287(g) agreements{when} — {n} of them{place or model}",
    ]
    if place and not model:
        forms.append(f"{holders} {'held' if when else 'hold' if len(part.states) > 1 else 'holds'} {n} of {of}{all_} "
                     f"287(g) agreements{when}")  # fmt: skip
    return say.of(*forms) + "."


def two_ends(say: Say, facts: list[Fact]) -> str:
    """A number, up from an earlier one."""
    one, two = facts
    first, second = (say.mark(fact, number(fact.value, False)) for fact in facts)
    what, place, model = noun(say, two), where(two), under(say, two)
    then, now = on(say, one), on(say, two)
    counts = (
        f"the number of {what}{model}{place}"
        if two.unit == "agreements"
        else f"the number of {what}{place} with 287(g) agreements{model}"
    )
    holder = state_name(two.states[0]) if two.states else "ICE"
    forms = [
        f"{counts} rose from {first}{then} to {second}{now}",
        f"{counts} grew from {first}{then}, to {second}{now}",
        f"{counts}, {first}{then}, was {second}{now}" if now else f"{counts} is {second}, up from {first}{then}",
    ]
    if two.unit == "agreements":
        forms += [
            f"{holder} had {second} {what}{model}{now}, up from {first}{then}",
            f"{holder} had {first} {what}{model}{then} and {second}{now}" if now else
            f"{holder} has {second} {what}{model}, compared with {first}{then}",
        ]  # fmt: skip
    return say.of(*forms) + "."


def by_model(say: Say, facts: list[Fact]) -> str:
    """The numbers of one place by model."""
    when = on(say, facts[0])
    numbers = [say.mark(one, number(one.value, False)) for one in facts]
    names = [MODELS[str(one.model)] for one in facts]
    holder = state_name(facts[0].states[0]) if facts[0].states else "ICE"
    has = "had" if when else "has"
    first = f"{numbers[0]} 287(g) agreements under the {names[0]} model"
    rest = [f"{n} under the {name} model" for n, name in zip(numbers[1:], names[1:], strict=True)]
    return say.of(
        f"{holder} {has} {listed([first, *rest])}{when}.",
        f"{holder} {has} {numbers[0]} {names[0]} agreements and {numbers[1]} {names[1]} agreements{when}.",
        f"{numbers[0]} 287(g) agreements{where(facts[0])} {'were' if when else 'are'} under the {names[0]} model and "
        f"{numbers[1]} under the {names[1]} model{when}.",
    )


def agency(say: Say, facts: list[Fact]) -> str:
    """What one named agency signed."""
    one = facts[0]
    day = one.days[0]
    month = MONTHS[day.month - 1]
    year = f", {day.year}"
    name = say.mark(one, one.agency)
    place = f" in {state_name(one.states[0])}"
    model = MODELS[str(one.model)]
    return say.of(
        f"The {name}{place} signed a {model} agreement on {month} {day.day}{year}.",
        f"The {name}{place} signed a 287(g) agreement under the {model} model in {month} {day.year}.",
        f"On {month} {day.day}{year}, the {name}{place} signed a 287(g) agreement under the {model} model.",
        f"In {state_name(one.states[0])}, the {name} signed a {model} agreement with ICE on {month} {day.day}{year}.",
    )


def thresholds(say: Say, facts: list[Fact]) -> str:
    """How many states have more than so many."""
    one = facts[0]
    when, n = on(say, one), say.mark(one, number(one.value, True))
    least = number(one.least, False)
    had = "had" if when else "have"
    return say.of(
        f"{n} states {had} more than {least} 287(g) agreements{when}.",
        f"{n} states {had} more than {least} 287(g) agreements each{when}.",
    )


def of_the_first(say: Say, facts: list[Fact]) -> str:
    """A number of one place, then a number of another that leans on its words."""
    one, two = facts
    when = on(say, one)
    first, second = (say.mark(fact, number(fact.value, False)) for fact in facts)
    here, there = state_name(one.states[0]), state_name(two.states[0])
    has, what = "had" if when else "has", "287(g) agreements"
    return say.of(
        f"{here}, which {has} {first} {what}{when}, trails {there}, which {has} {second}.",
        f"Of {here}'s neighbors in the program, {there} {has} {second} {what}{when}; {here} {has} {first}.",
        f"{here} {has} {first} {what}{when}, compared with {second} in {there}.",
        f"{here} {has} {first} {what}{when} — {there}, by contrast, {has} {second}.",
        f"While {here} {has} {first} {what}, {there} {has} {second}{when}.",
    )


def together(say: Say, facts: list[Fact]) -> str:
    """What several states have together."""
    one = facts[0]
    when, names = on(say, one), listed([state_name(state) for state in one.states])
    n, has = figure(say, one), "had" if when else "have"
    several = number(len(one.states), True).capitalize()
    what = noun(say, one)
    return say.of(
        f"{names} together {has} {n} {what}{when}.",
        f"{several} states, {names}, {has} a combined {n} {what}{when}.",
        f"{names} {has} {n} {what} between them{when}.",
        f"Together, {names} {has} {n} {what}{when}.",
        f"There {'were' if when else 'are'} {n} {what} in {names} combined{when}.",
    )


def agencies(say: Say, facts: list[Fact]) -> str:
    """Several agencies that signed on one day."""
    one = facts[0]
    day = one.days[0]
    date_ = f"{MONTHS[day.month - 1]} {day.day}, {day.year}"
    names = [say.mark(fact, fact.agency) for fact in facts]
    model, state = MODELS[str(one.model)], state_name(one.states[0])
    return say.of(
        f"In {state}, the {names[0]} and the {names[1]} signed {model} agreements on {date_}.",
        f"On {date_}, the {names[0]} and the {names[1]} in {state} signed 287(g) agreements under the {model} model.",
        f"The {names[0]} and the {names[1]}, both in {state}, signed {model} agreements with ICE on {date_}.",
    )


SENTENCES = {"single": single, "two clauses": two_clauses, "each of states": each_of_states, "part of": part_of,
             "two ends": two_ends, "by model": by_model, "agency": agency, "thresholds": thresholds,
             "of the first": of_the_first, "together": together, "agencies": agencies}  # fmt: skip
