"""How facts are said in Spanish: nouns, places, days, clauses, and the sentences that they are put into."""

from claim_templates.facts import Fact
from claim_templates.saying import Say, number, state_name

NOUNS = {
    "agreements": ("acuerdos 287(g)", "convenios 287(g)"),
    "agencies": ("agencias", "agencias policiales"),
    "sheriffs": ("oficinas del sheriff",),
    "police": ("departamentos de policía",),
    "counties": ("condados",),
    "states": ("estados",),
}
MODELS = {"TFM": "fuerza de tarea", "JEM": "aplicación en cárceles", "WSO": "oficial de servicio de órdenes"}
HEDGES = {
    "": ("",),
    "more": ("más de ",),
    "least": ("al menos ", "por lo menos "),
    "fewer": ("menos de ",),
    "most": ("no más de ", "como máximo "),
    "nearly": ("casi ",),
    "about": ("unos ", "alrededor de "),
}
MONTHS = ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
          "noviembre", "diciembre")  # fmt: skip
STATES = {"TX": "Texas", "NC": "Carolina del Norte", "SC": "Carolina del Sur", "PA": "Pensilvania", "MO": "Misuri",
          "LA": "Luisiana", "ND": "Dakota del Norte", "SD": "Dakota del Sur", "WV": "Virginia Occidental",
          "NH": "Nuevo Hampshire", "NY": "Nueva York", "NM": "Nuevo México"}  # fmt: skip
SAYS = ("", "", "", "Según ICE, ", "Los datos de ICE muestran que ", "De acuerdo con la lista de ICE, ")
SAID = ("", "", "", ", según datos de ICE", ", de acuerdo con los registros de la agencia")
ORDINALS = ("", "el primer lugar", "el segundo lugar", "el tercer lugar", "el cuarto lugar", "el quinto lugar")


def name(code: str) -> str:
    return STATES.get(code, state_name(code))


def listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} y {names[-1]}"


def on(say: Say, fact: Fact, at: int = -1, *, front: bool = False) -> str:
    """The day of a fact; none where it is the story's own."""
    day = fact.days[at]
    if at == -1 and day == fact.published and fact.shape not in ("growth", "rise"):
        return ""
    year = "" if day.year == fact.published.year and say.of(True, False) else f" de {day.year}"
    opens = say.of("el", "al") if at == -1 and not front else "el"
    said = f"{opens} {day.day} de {MONTHS[day.month - 1]}{year}"
    return f"{said[:1].upper()}{said[1:]}, " if front else f" {said}"


def figure(say: Say, fact: Fact) -> str:
    return say.of(*HEDGES[fact.hedge]) + say.mark(fact, number(fact.value, False))


def where(fact: Fact) -> str:
    return " en " + listed([name(one) for one in fact.states]) if fact.states else ""


def under(fact: Fact) -> str:
    return f" bajo el modelo de {MODELS[fact.model]}" if fact.model else ""


def count(say: Say, fact: Fact) -> str:
    """A clause on how many there were."""
    n, when, place, model = figure(say, fact), on(say, fact), where(fact), under(fact)
    front = on(say, fact, front=True)
    holder = listed([name(one) for one in fact.states]) if fact.states else "ICE"
    many = len(fact.states) > 1
    had = ("tenían" if many else "tenía") if when else ("tienen" if many else "tiene")
    what = say.of(*NOUNS[fact.unit])
    if fact.unit == "agreements":
        forms = [
            f"{holder} {had} {n} {what}{model}{when}",
            f"{'había' if when else 'hay'} {n} {what}{model}{place}{when}",
            f"{front}{holder} {had} {n} {what}{model}" if front else f"{holder} {had} {n} {what}{model}",
            f"{front}{'había' if when else 'hay'} {n} {what}{model} vigentes{place}",
        ]
    elif fact.unit == "states":
        forms = [f"agencias de {n} estados {'tenían' if when else 'tienen'} acuerdos 287(g){model}{when}"]
    else:
        tuvo = "tenían" if when else "tienen"
        forms = [
            f"{n} {what}{place} {tuvo} acuerdos 287(g){model}{when}",
            f"{front}{n} {what}{place} {tuvo} acuerdos 287(g){model}",
            f"{n} {what}{place} {'participaban' if when else 'participan'} en el programa 287(g){model}{when}",
        ]
    return say.of(*forms)


def signed(say: Say, fact: Fact) -> str:
    """A clause on how many were signed."""
    first, last = fact.days[0], fact.days[-1]
    if first.month == last.month:
        year = "" if first.year == fact.published.year and say.of(True, False) else f" de {first.year}"
        when = f"en {MONTHS[first.month - 1]}{year}"
    else:
        when = f"en {first.year}"
    n, place, model, what = figure(say, fact), where(fact), under(fact), say.of(*NOUNS[fact.unit])
    if fact.unit == "agreements":
        forms = [f"ICE firmó {n} {what}{model}{place} {when}", f"{when}, ICE firmó {n} {what}{model}{place}",
                 f"{when} se firmaron {n} {what}{model}{place}"]  # fmt: skip
    else:
        forms = [f"{n} {what}{place} firmaron acuerdos 287(g){model} {when}",
                 f"{when}, {n} {what}{place} firmaron acuerdos 287(g){model}"]  # fmt: skip
    return say.of(*forms)


def share(say: Say, fact: Fact) -> str:
    when, front = on(say, fact), on(say, fact, front=True)
    n = say.of(*HEDGES[fact.hedge]) + say.mark(fact, f"{fact.value:g}" + say.of("%", " por ciento"))
    was = "estaban" if when else "están"
    if fact.model:
        model, are = MODELS[fact.model], "eran" if when else "son"
        return say.of(
            f"el {n} de los acuerdos 287(g) {are} del modelo de {model}{when}",
            f"{front}el {n} de todos los acuerdos 287(g) {was} bajo el modelo de {model}",
        )
    state, have = name(fact.states[0]), "reunía" if when else "reúne"
    return say.of(
        f"el {n} de los acuerdos 287(g) {was} en {state}{when}",
        f"{front}{state} {have} el {n} de los acuerdos 287(g) del país",
    )


def rank(say: Say, fact: Fact) -> str:
    when, at, state = on(say, fact), int(fact.value), name(fact.states[0])
    if at == 1:
        mark, has = say.mark(fact, "más"), "tenía" if when else "tiene"
        return say.of(
            f"{state} {'era' if when else 'es'} el estado con {mark} acuerdos 287(g){when}",
            f"{state} {has} {mark} acuerdos 287(g) que ningún otro estado{when}",
        )
    place = ORDINALS[at] if at < len(ORDINALS) else f"el lugar número {at}"
    return f"{state} {'ocupaba' if when else 'ocupa'} {say.mark(fact, place)} por número de acuerdos 287(g){when}"


def gap(say: Say, fact: Fact) -> str:
    when, one, two = on(say, fact), name(fact.states[0]), name(fact.rival[0])
    what = "acuerdos 287(g)" if fact.unit == "agreements" else "agencias con acuerdos 287(g)"
    return f"{one} {'tenía' if when else 'tiene'} {figure(say, fact)} {what} más que {two}{when}"


def times(say: Say, fact: Fact) -> str:
    when, one, two = on(say, fact), name(fact.states[0]), name(fact.rival[0])
    n = say.of(*HEDGES[fact.hedge]) + say.mark(fact, f"{fact.value:g} veces")
    return f"{one} {'tenía' if when else 'tiene'} {n} más acuerdos 287(g) que {two}{when}"


def growth(say: Say, fact: Fact) -> str:
    what = say.of(*NOUNS[fact.unit])
    counts = f"el número de {what}{under(fact)}{where(fact)}" if fact.unit == "agreements" else (
        f"el número de {what}{where(fact)} con acuerdos 287(g){under(fact)}")  # fmt: skip
    from_ = on(say, fact, 0).replace(" el ", " del ", 1)
    to = on(say, fact).replace(" el ", " al ", 1)
    n = say.mark(fact, f"{fact.value:g}%" if fact.shape == "growth" else number(fact.value, False))
    n = say.of(*HEDGES[fact.hedge]) + n
    return f"{counts} creció {'un' if fact.shape == 'growth' else 'en'} {n}{from_}{to}"


SAYING = {"count": count, "signed": signed, "share": share, "rank": rank, "gap": gap, "times": times,
          "growth": growth, "rise": growth}  # fmt: skip


def single(say: Say, facts: list[Fact]) -> str:
    """One clause, with who says so."""
    clause = SAYING[facts[0].shape](say, facts[0])
    opening = say.of(*SAYS)
    closing = "" if opening else say.of(*SAID)
    if opening and clause.startswith("El "):
        clause = clause[:1].lower() + clause[1:]
    return f"{opening}{clause}{closing}."


def two_clauses(say: Say, facts: list[Fact]) -> str:
    one, two = (SAYING[fact.shape](say, fact) for fact in facts)
    if two.startswith("El "):
        two = two[:1].lower() + two[1:]
    return f"{one}{say.of('; ', ', mientras que ', ', y ', ', pero ', ' — y ')}{two}."


def each_of_states(say: Say, facts: list[Fact]) -> str:
    """Several states, each with its number."""
    names = [name(one.states[0]) for one in facts]
    numbers = [say.mark(one, number(one.value, False)) for one in facts]
    when = on(say, facts[0])
    what = "acuerdos 287(g)" if facts[0].unit == "agreements" else "agencias con acuerdos 287(g)"
    model, had, has = under(facts[0]), "tenían" if when else "tienen", "tenía" if when else "tiene"
    rest = "".join(f"{state} {one}, " for state, one in zip(names[1:-1], numbers[1:-1], strict=True))
    return say.of(
        f"{listed(names)} {had} {listed(numbers)} {what}{model}{when}, respectivamente.",
        f"{names[0]} {has} {numbers[0]} {what}{model}{when}, {rest}y {names[-1]} {numbers[-1]}.",
        f"{names[0]} {has} {numbers[0]} {what}{model}{when}; {names[1]}, {numbers[1]}.",
    )


def part_of(say: Say, facts: list[Fact]) -> str:
    """A number, and a part of it."""
    whole, part = facts
    n, all_ = figure(say, part), say.mark(whole, number(whole.value, False))
    when, front = on(say, whole), on(say, whole, front=True)
    was, has = ("estaban", "tenía") if when else ("están", "tiene")
    place = f" en {listed([name(one) for one in part.states])}" if part.states != whole.states else ""
    model = under(part) if part.model != whole.model else ""
    holder = name(whole.states[0]) if whole.states else "ICE"
    of = f" de {holder}" if whole.states else ""
    forms = [
        f"de los {all_} acuerdos 287(g){of}{when}, {n} {was}{place or model}",
        f"{n} de los {all_} acuerdos 287(g){of} {was}{place or model}{when}",
        f"{holder} {has} {all_} acuerdos 287(g){when}, de los cuales {n} {was}{place or model}",
        f"{front}{holder} {has} {all_} acuerdos 287(g), {n} de ellos{place or model}",
    ]
    if place and not model:
        many = len(part.states) > 1
        have = ("reunían" if many else "reunía") if when else ("reúnen" if many else "reúne")
        forms.append(f"{listed([name(one) for one in part.states])} {have} {n} de los {all_} acuerdos 287(g){when}")
    return say.of(*forms) + "."


def two_ends(say: Say, facts: list[Fact]) -> str:
    """A number, and an earlier one."""
    one, two = facts
    first, second = (say.mark(fact, number(fact.value, False)) for fact in facts)
    what, then, now = say.of(*NOUNS[two.unit]), on(say, one), on(say, two)
    counts = f"el número de {what}{under(two)}{where(two)}" if two.unit == "agreements" else (
        f"el número de {what}{where(two)} con acuerdos 287(g){under(two)}")  # fmt: skip
    holder = name(two.states[0]) if two.states else "ICE"
    forms = [f"{counts} pasó de {first}{then} a {second}{now}", f"{counts} subió de {first}{then} a {second}{now}"]
    if two.unit == "agreements":
        forms.append(f"{holder} {'tenía' if now else 'tiene'} {second} {what}{under(two)}{now}, frente a {first}{then}")
    return say.of(*forms) + "."


def by_model(say: Say, facts: list[Fact]) -> str:
    """The numbers of one place by model."""
    when = on(say, facts[0])
    numbers = [say.mark(one, number(one.value, False)) for one in facts]
    names = [MODELS[str(one.model)] for one in facts]
    holder = name(facts[0].states[0]) if facts[0].states else "ICE"
    rest = [f"{n} bajo el modelo de {model}" for n, model in zip(numbers[1:], names[1:], strict=True)]
    first = f"{numbers[0]} acuerdos 287(g) bajo el modelo de {names[0]}"
    return f"{holder} {'tenía' if when else 'tiene'} {listed([first, *rest])}{when}."


SENTENCES = {"single": single, "two clauses": two_clauses, "each of states": each_of_states, "part of": part_of,
             "two ends": two_ends, "by model": by_model}  # fmt: skip
