"""What a declaration of a search leaves open: a list for an argument about reasonableness, never a verdict.

The questions come from one opinion on whether searches were adequate: NDLON v. ICE, 877 F. Supp. 2d 87 (S.D.N.Y. 2012).
What stands of it here was read in published reports, not in the opinion; each gap says so. A gap without a source is
a question this program asks, and no court is said to have asked it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from vaughn.collect.search_kinds import DECLARED_SEARCH
from vaughn.collect.term_lists import Deviation, TermDeviation, deviations, read_terms
from vaughn.model import Entity

OPINION = "NDLON v. ICE, 877 F. Supp. 2d 87 (S.D.N.Y. July 13, 2012)"
_REPORTED = "{}, as reported by {}; read the opinion before citing it"
_BLOG = _REPORTED.format(OPINION, "sdnyblog.com")
_REVIEW = _REPORTED.format(OPINION, "natlawreview.com")
_EDISCOVERY = _REPORTED.format(OPINION, "ediscoverylaw.com (August 2012)")
_CASETEXT = _REPORTED.format(OPINION, "summaries on casetext")
_JOURNAL = _REPORTED.format(OPINION, "the New York Law Journal (law.com)")
_LAW = "Declaration of Law, ECF 179, NDLON v. ICE (S.D.N.Y. 10 Civ. 3488)"


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that nobody says, or that does not fit together.

    Args:
        about: The entity it concerns, ``kind/key``.
        field: The field that is open, e.g. ``connectors``.
        reason: What is missing and why it matters, in one or two sentences.
        reason_es: The same in Spanish.
        source: Who asked for it, and where that was read; empty if nobody did.
    """

    about: str
    field: str
    reason: str
    reason_es: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class _Question:
    field: str
    reason: str
    reason_es: str
    source: str = ""
    methods: tuple[str, ...] = ()  # empty: any


_QUERIES = ("query",)
_QUESTIONS: tuple[_Question, ...] = (
    _Question("method", "It does not say how the search was done: by query, by hand or by ranking.",
              "No dice cómo se buscó: por consulta, a mano o por orden de un programa."),
    _Question("custodian", "It does not say whose records were searched.",
              "No dice en los documentos de quién se buscó."),
    _Question("repository", "It does not say where was searched; mail is also kept on local and shared drives.",
              "No dice dónde se buscó; también hay correo en discos locales y compartidos.", _LAW),
    _Question("terms", "It does not say which terms were used, so nobody can judge what they find.",
              "No dice qué términos se usaron; nadie puede juzgar qué encuentran.", _BLOG, _QUERIES),
    _Question("connectors", "It does not say how the terms were combined.",
              "No dice cómo se combinaron los términos.", _BLOG, _QUERIES),
    _Question("full_text", "It does not say whether the full text was searched, or only titles and subjects.",
              "No dice si se buscó en el texto completo o solo en títulos y asuntos.", _BLOG, _QUERIES),
    _Question("tool", "It does not say with which program.", "No dice con qué programa.", methods=_QUERIES),
    _Question("hits", "It does not say how many were found.", "No dice cuántos se encontraron.", methods=_QUERIES),
    _Question("not_searchable", "It does not say how many files could not be searched: locked, scanned, not indexed.",
              "No dice en cuántos archivos no se pudo buscar: cerrados, escaneados, sin índice.", methods=_QUERIES),
    _Question("operator", "It does not say who searched. Custodians who search their own records need oversight.",
              "No dice quién buscó. Quien busca en sus propios documentos necesita supervisión.", _REVIEW),
    _Question("instruction", "It does not say what those who searched were told to do.",
              "No dice qué se indicó a quienes buscaron.", _REVIEW),
    _Question("checked_by", "It does not say that a second person checked the search.",
              "No dice que una segunda persona revisó la búsqueda.", _REVIEW),
    _Question("on", "It does not say when the search was done.", "No dice cuándo se buscó."),
    _Question("cut_off", "It does not say up to which date records were looked for.",
              "No dice hasta qué fecha se buscaron documentos."),
    _Question("cut_off_basis", "It does not say what the cut-off date rests on.",
              "No dice en qué se basa la fecha de corte."),
    _Question("looked_through", "It does not say what was looked through by hand.",
              "No dice qué se revisó a mano.", _EDISCOVERY, ("manual review",)),
    _Question("criteria", "It does not say by what criteria records were chosen by hand.",
              "No dice con qué criterios se escogió a mano.", _EDISCOVERY, ("manual review",)),
    _Question("review_hours", "It does not say how long the review by hand took.",
              "No dice cuánto duró la revisión a mano.", methods=("manual review",)),
    _Question("seed_set", "It does not say what the ranking was taught with.",
              "No dice con qué se enseñó al programa.", methods=("ranked review",)),
    _Question("control_set", "It does not say against which control set the ranking was measured.",
              "No dice con qué conjunto de control se midió.", methods=("ranked review",)),
    _Question("recall", "It does not estimate which share of the records was found.",
              "No estima qué parte de los documentos se encontró.", methods=("ranked review",)),
    _Question("recall_interval", "It gives no interval for that estimate.",
              "No da un intervalo para esa estimación.", methods=("ranked review",)),
)  # fmt: skip


def gaps_of_declaration(declared: Entity) -> tuple[Gap, ...]:
    """Return what one declared search does not say; what does not apply to its method is not asked."""
    method = declared.value("method")
    return tuple(
        Gap(declared.reference, asked.field, asked.reason, asked.reason_es, asked.source)
        for asked in _QUESTIONS
        if not declared.values(asked.field)
        and (not asked.methods or method is None or method in asked.methods)
        # Without a method the questions of a query are asked: they are the ones courts ask first.
        and not (method is None and asked.methods and "query" not in asked.methods)
    )


def gaps_of_terms(declared: Entity, term_list: Entity) -> tuple[Gap, ...]:
    """Return how the terms a declaration names differ from those that were instructed; terms are read, not compared."""
    ran = read_terms(declared.value("terms") or "")
    found = deviations(read_terms(term_list.value("terms") or ""), ran)
    return tuple(_deviated(declared.reference, one) for one in found) if ran else ()


_SAID: Mapping[Deviation, tuple[str, str]] = {
    Deviation.MISSING: ("{0} was instructed and is not among the terms declared.",
                        "{0} se ordenó y no está entre los términos declarados."),
    Deviation.ADDED: ("{1} was run and not instructed.", "{1} se buscó sin que se ordenara."),
    Deviation.CONNECTORS: ("{0} was instructed, {1} was run: the same words combined otherwise.",
                           "Se ordenó {0} y se buscó {1}: las mismas palabras combinadas de otro modo."),
    Deviation.CHANGED: ("{0} was instructed, {1} was run.", "Se ordenó {0} y se buscó {1}."),
}  # fmt: skip


def _deviated(about: str, one: TermDeviation) -> Gap:
    names = [f"“{side.term.typed}”" if side else "" for side in (one.instructed, one.executed)]
    reason, reason_es = (text.format(*names) for text in _SAID[one.deviation])
    source = _CASETEXT if one.deviation in (Deviation.CONNECTORS, Deviation.CHANGED) else _EDISCOVERY
    return Gap(about, "terms", reason, reason_es, source)


def never_searched(
    final_list: Iterable[Entity], repositories: Iterable[Entity], declared: Iterable[Entity]
) -> tuple[Gap, ...]:
    """Return custodians of the final list, and repositories of theirs, that no declaration names.

    A repository that is said not to be searched is named with its reason, or with the lack of one.
    """
    searches = list(declared)
    people = {value for one in searches for value in one.values("custodian")}
    places = {value for one in searches for value in one.values("repository")}
    items = [one for one in final_list if one.value("state") != "refused"]
    wanted = dict.fromkeys(value for one in items for value in one.values("custodian"))
    return (
        *(_unsearched(who) for who in wanted if who not in people),
        *(gap for place in repositories if place.value("custodian") in wanted for gap in _place(place, places)),
    )


def _unsearched(who: str) -> Gap:
    return Gap(
        who,
        "custodian",
        "This custodian stands on the final list, and no declaration says that their records were searched.",
        "Este custodio está en la lista final y ninguna declaración dice que se buscó en sus documentos.",
        _CASETEXT,
    )


def _place(place: Entity, searched: set[str]) -> Iterator[Gap]:
    if place.value("searched") == "no":
        if place.value("reason") is None:
            yield Gap(
                place.reference,
                "reason",
                "It was not searched, and no reason is given.",
                "No se buscó en este lugar y no se da una razón.",
            )
    elif place.reference not in searched:
        yield Gap(
            place.reference,
            "repository",
            "No declaration says that this place was searched.",
            "Ninguna declaración dice que se buscó en este lugar.",
            _LAW if place.value("repository_type") in ("pst file", "local drive", "share") else "",
        )


# What is compared between declarations, and its name in Spanish.
_COMPARED = {
    "method": "Método",
    "tool": "Programa",
    "connectors": "Cómo se combinaron los términos",
    "full_text": "Texto completo",
    "cut_off": "Fecha de corte",
    "cut_off_basis": "Base de la fecha de corte",
    "checked_by": "Segunda persona",
    "instruction": "Instrucción",
}


def uneven_detail(declared: Sequence[Entity]) -> tuple[Gap, ...]:
    """Return what some declarations of an agency say and others of the same agency leave open."""
    by_agency: defaultdict[str, list[Entity]] = defaultdict(list)
    for one in declared:
        agency = one.value("agency")
        if agency is not None:
            by_agency[agency].append(one)
    return tuple(gap for agency, group in sorted(by_agency.items()) for gap in _uneven(agency, group))


def _uneven(agency: str, group: Sequence[Entity]) -> Iterator[Gap]:
    for name, spanish in _COMPARED.items():
        said = [one for one in group if one.values(name)]
        silent = [one for one in group if not one.values(name)]
        if said and silent:
            title = DECLARED_SEARCH.field(name).title
            count, whole = len(said), len(group)
            yield Gap(
                agency,
                name,
                f"“{title}” is told in {count} of {whole} declarations of this agency; not in "
                + ", ".join(one.reference for one in silent) + ".",
                f"{count} de {whole} declaraciones de esta agencia dicen “{spanish}”; no lo dicen "
                + ", ".join(one.reference for one in silent) + ".",
                _REVIEW,
            )  # fmt: skip
