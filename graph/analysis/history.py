"""Event history on the material: what goes with a unit's having a practice type in a year, given that it had not.

The unit-years are those of `unionkg.graph.analysis.panel`: units known only by a date, undated ones, those that a ledger
alone calls 开展 and those whose beginning is stated between two years only left the risk set at an unknown time and are
out of it. For a practice type only units count that the material knows by something else than this type (an account
without it, or a ledger that speaks of it): a unit known by its adoption alone is in the material because it adopted.

That a unit has *not* adopted in a year is known where its beginning is stated and later, or where a ledger confirms
未开展. ``silence`` takes in what rests on silence too: units without a record are then at risk to the end of the material
(right-censored), and how many unit-years that makes is told.

References
----------
Berry & Berry (1990), State lottery adoptions as policy innovations, American Political Science Review 84(2).
Allison (1982), Discrete-time methods for the analysis of event histories, Sociological Methodology 13.
Peduzzi, Concato, Kemper, Holford & Feinstein (1996), A simulation study of the number of events per variable in
logistic regression analysis, Journal of Clinical Epidemiology 49(12).
Desmarais, Harden & Boehmke (2015), Persistent policy pathways, American Political Science Review 109(2), for inferred
sources as a factor; they infer them from the years before each year.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from unionkg.graph.analysis.accounts import Collection, Selection, collection
from unionkg.graph.analysis.adoptions import EVER, Unit, material, spreads, year
from unionkg.graph.analysis.event_history import Estimate, Link, fit
from unionkg.graph.analysis.inference import Tie, infer_precedence
from unionkg.graph.analysis.panel import CENSORING, Panel, owned_by, panel
from unionkg.graph.build import Projection
from unionkg.language import say
from unionkg.ontology.dates import bounds
from unionkg.ontology.vocabulary import terms

if TYPE_CHECKING:
    from numpy import ndarray

    Array = ndarray[Any, Any]

FACTORS: Mapping[str, tuple[str, str]] = {
    "year": ("年份：自观察期第一年起", "years since the first one observed"),
    "accounts": (
        "该单位其他做法的案例中上一年年底前确已有的则数（加一取对数）：内部因素",
        "internal: log of one plus the unit's accounts of other practice types that surely were there the year before",
    ),
    "level": (
        "工会层级：1 全国 … 7 基层，层级不明的不计，内部因素",
        "internal: level of the union, 1 the nation to 7 the grassroots; those of unknown level are left out",
    ),
    "neighbours": (
        "上一年确已采用的相邻单位的份额：外部因素",
        "external: share of neighbours that surely had it the year before",
    ),
    "same_superior": (
        "上一年确已采用的同一上级之下单位的份额：外部因素",
        "external: share of those under the same superior that surely had it the year before",
    ),
    "everywhere": (
        "上一年确已采用的全部其他单位数（加一取对数）：外部因素",
        "external: log of one plus all others that surely had it the year before",
    ),
    "inferred": (
        "推断在其先的单位中上一年确已采用的个数：逐年只由此前各年推断（先后关联，非影响）",
        "how many of its inferred sources surely had it the year before, inferred from the years before (precedence, no influence)",
    ),
}
DEFAULT = ("year", "accounts", "neighbours", "same_superior")
EVENTS_PER_FACTOR = 10
"""Peduzzi et al. (1996): with fewer of the rarer outcome for each factor estimates are biased, their errors unreliable."""
LEAST_CONFIRMED = 10
"""Units that surely have not adopted, without which nothing sets those apart that have."""


@dataclass(frozen=True, slots=True)
class History:
    """An estimate, or the reasons why there is none (``lacking``), with the numbers that both rest on.

    Attributes
    ----------
    estimate : Estimate or None
    factors : tuple of str
    unit_years, events, units : int
        At risk.
    confirmed : int
        Units that a ledger confirms not to have adopted in years at risk.
    silent : int
        Unit-years without an event that rest on silence.
    left_censored : int
        Adoptions that are left out because the year of their beginning is not known: known by a date, undated, stated
        between two years only, or told by nothing but a ledger.
    unknown : int
        Pairs of unit and practice type left out because the material knows the unit by nothing else.
    years : (int, int)
    lacking : tuple of str
    """

    estimate: Estimate | None
    factors: tuple[str, ...]
    unit_years: int
    events: int
    units: int
    confirmed: int
    silent: int
    left_censored: int
    unknown: int
    years: tuple[int, int]
    lacking: tuple[str, ...]


def history(
    projection: Projection,
    unit: Unit = "county",
    *,
    practice_type: str | None = None,
    level: str | None = None,
    window: tuple[int, int] = EVER,
    factors: Sequence[str] = DEFAULT,
    link: Link = "logit",
    silence: bool = False,
) -> History:
    """Estimate a discrete-time model with errors clustered by unit (Berry & Berry 1990; Allison 1982).

    Parameters
    ----------
    projection : Projection
    unit : {"union", "county", "prefecture", "province"}
    practice_type : str, optional
        Chinese label; without it all types that are not routine are pooled.
    level : str, optional
        Unions of one level only (key of ``union_levels``).
    window : (int, int)
        First and last year; the end of the material at most.
    factors : sequence of str
        Keys of `FACTORS`; ``inferred`` rests for each practice type on the others and for each year on those before, so
        that it is not estimated from what it is to explain.
    link : {"logit", "probit", "cloglog"}
    silence : bool
        Take units without a record for units that had not adopted, to the end of the material.

    Returns
    -------
    History
        Without an estimate where there are fewer than `EVENTS_PER_FACTOR` events, or years at risk without one, for each
        factor, where fewer than `LEAST_CONFIRMED` units are confirmed not to have adopted (unless ``silence``), or precedence may not be
        inferred.

    Raises
    ------
    InputError
        No unit has a date; factors are collinear or separate the events.
    """
    import numpy as np

    made = panel(projection, unit, practice_type=practice_type, level=level, window=window)
    column = made.columns
    known, until = _known(made, projection)
    event, dated = column["adopted"] == 1, _dated_units(made)
    confirmed = (column["year"] <= until) & ~event
    at_risk = column["risk_set"] == 1
    if "level" in factors:
        at_risk &= ~np.isnan(_ranks(made))
    used = at_risk & known & (dated | confirmed | silence)
    without = len(set(column["unit_id"][used & confirmed & ~dated]))
    number = int(event[used].sum())
    lacking = [few] if (few := too_few(number, int(used.sum()), len(factors))) else []
    if not silence and without < LEAST_CONFIRMED:
        lacking.append(
            say(
                f"台账（只记地区）确认未开展的单位 {without} 个，至少要 {LEAST_CONFIRMED} 个；--silence 把资料未见的也算作未采用",
                f"ledgers, which speak of regions only, confirm {without} units not to have adopted, {LEAST_CONFIRMED} are "
                "needed; --silence takes units without a record for such",
            )
        )
    sources: Array | None = None
    if "inferred" in factors:
        sources, why = _inferred(made, projection, unit, window)
        lacking += why
    estimate = None
    if not lacking:
        counted = {"inferred": sources, "accounts": _accounts(made, projection) if "accounts" in factors else None}
        table = np.column_stack([_factor(name, made, counted.get(name))[used] for name in factors])
        clusters = list(column["unit_id"][used])
        estimate = fit(table, event[used], factors, link=link, clusters=clusters)
    pairs = _pairs(made)
    censored = ~np.isin(column["censoring"], [CENSORING.index("none"), CENSORING.index("exact")])
    return History(
        estimate,
        tuple(factors),
        int(used.sum()),
        number,
        len(set(column["unit_id"][used])),
        without,
        int((used & ~event & ~confirmed & ~dated).sum()),
        len(set(pairs[censored])),
        len(set(pairs[at_risk & ~known & (dated | confirmed | silence)])),
        made.years,
        tuple(lacking),
    )


def too_few(events: int, rows: int, factors: int) -> str | None:
    """Why so many events in so many rows are too few for so many factors, in the user's language; None where enough.

    It is the rarer outcome that counts: events, or rows without one.
    """
    needed = EVENTS_PER_FACTOR * factors
    if min(events, rows - events) >= needed:
        return None
    if events >= needed:
        return say(
            f"处于风险集而未采用的单位—年份 {rows - events} 个，{factors} 个因素至少要 {needed} 个（每个因素 {EVENTS_PER_FACTOR} 个，"
            "Peduzzi 等 1996）",
            f"{rows - events} unit-years at risk without an adoption; {factors} factors need {needed} ({EVENTS_PER_FACTOR} "
            "each, Peduzzi et al. 1996)",
        )
    return say(
        f"写明年份的采用 {events} 次，{factors} 个因素至少要 {needed} 次（每个因素 {EVENTS_PER_FACTOR} 次，Peduzzi 等 1996）",
        f"{events} adoptions with a stated year; {factors} factors need {needed} ({EVENTS_PER_FACTOR} each, Peduzzi et al. 1996)",
    )


def _dated_units(made: Panel) -> Array:
    """Rows of units whose beginning is stated, so that their years before it are known to be without it."""
    known: Array = made.columns["censoring"] == CENSORING.index("exact")
    return known


def _pairs(made: Panel) -> Array:
    """A number for practice type and unit of every row."""
    import numpy as np

    span = made.years[1] - made.years[0] + 1
    return np.arange(len(made)) // span


def _known(made: Panel, projection: Projection) -> tuple[Array, Array]:
    """Rows whose unit is known by something else than the type, and until when a ledger confirms 未开展."""
    import numpy as np

    column = made.columns
    said = ~np.isnan(column["ledger"]) | ~np.isnan(column["ledger_undated"])
    pairs = _pairs(made)
    told_of = np.isin(pairs, pairs[said])
    until: dict[tuple[str, str], int] = defaultdict(int)
    for tie in projection.structure[1]:
        if tie.type == "COVERAGE" and tie.properties.get("status") == "未开展" and "date" in tie.properties:
            pair = tie.end[1], tie.start[1]
            until[pair] = max(until[pair], int(bounds(str(tie.properties["date"]))[0][:4]) - 1)
    last = np.array([until.get(pair, 0) for pair in zip(column["type_id"], column["unit_id"], strict=True)])
    return (column["accounts"] > column["type_accounts"]) | told_of, last


def _accounts(made: Panel, projection: Projection) -> Array:
    """How many accounts of other types each row's unit surely had by the end of the year before.

    An account was there by the date that dates what it applies, and by the publication of its document at the latest;
    one without either counts in no year. That it was written down at all may still be known since later only.
    """
    import numpy as np

    found = collection(projection, Selection())
    first, span = made.years[0], made.years[1] - made.years[0] + 1
    at = {unit: number for number, unit in enumerate(made.columns["unit_id"][: made.units * span : span])}
    types = {name: number for number, name in enumerate(dict.fromkeys(made.columns["type_id"]))}
    every, own = np.zeros((made.units, span)), np.zeros((len(types), made.units, span))
    since = _there_by(projection, found)
    for account in found.accounts:
        if account.id not in since:
            continue
        later = max(0, since[account.id] + 1 - first)
        for unit in owned_by(account, made.unit, found) & at.keys():
            every[at[unit], later:] += 1
            for practice_type in account.applied.keys() & types.keys():
                own[types[practice_type], at[unit], later:] += 1
    others: Array = (every[None] - own).reshape(-1)
    return others


def _there_by(projection: Projection, found: Collection) -> dict[str, int]:
    """The first year by whose end it is sure that what an account tells of had begun; by account."""
    published: dict[str, str] = {}
    dates: dict[str, list[str]] = defaultdict(list)
    for graph in projection.documents:
        for node in graph.nodes:
            if node.label == "Document" and "published" in node.properties:
                published[node.id] = str(node.properties["published"])
    for (label, identifier), node in found.nodes.items():
        if label == "PracticeCase" and (on := published.get(str(node.properties["document"]))):
            dates[found.every[identifier].id].append(on)
    for account in found.accounts:
        for ties in account.applied.values():
            dates[account.id] += [str(tie.properties["not_after"]) for tie in ties if "not_after" in tie.properties]
    return {account: min(year(bounds(one)[1]) for one in given) for account, given in dates.items() if given}


def _factor(name: str, made: Panel, counted: Array | None) -> Array:
    import numpy as np

    column = made.columns
    if name == "year":
        found = column["year"] - made.years[0]
    elif name == "accounts":
        assert counted is not None
        found = np.log1p(counted)
    elif name == "level":
        found = _ranks(made)
    elif name == "everywhere":
        found = np.log1p(column["all_low"])
    elif name == "inferred":
        assert counted is not None
        found = counted
    else:  # who has nobody to look to is exposed to nobody
        found = np.nan_to_num(column[{"neighbours": "neigh_exp", "same_superior": "sib_exp"}[name]])
    return np.asarray(found, float)


def _ranks(made: Panel) -> Array:
    """The rank of each row's level; NaN where it is not known."""
    import numpy as np

    ranks = {term.key: float(term.fields["rank"]) for term in terms("union_levels")}
    return np.array([ranks.get(str(one), np.nan) for one in made.columns["unit_level"]])


def _inferred(
    made: Panel, projection: Projection, unit: Unit, window: tuple[int, int]
) -> tuple[Array | None, list[str]]:
    """How many inferred sources of each row's unit surely had its type the year before; or why none are inferred.

    The sources for a type are inferred from all other types: from the type itself they would explain what they were
    made of, and chance alone would look like influence. Those of a year are inferred from what began before it, because
    what came later explains nothing (Desmarais, Harden & Boehmke 2015); as long as that is too thin there are none.
    """
    import numpy as np

    found, reached = spreads(projection, unit), material(projection)
    column = made.columns
    first, span = made.years[0], made.years[1] - made.years[0] + 1
    counted = np.zeros(len(made))
    for name in made.practice_types:
        others = [s for s in found if s.name != name]
        if lacking := infer_precedence(others, reached, window=window, edges=1, replicates=0).lacking:
            return None, list(lacking)
        begun = {one.stated_year for s in others for one in s.adoptions}
        here = np.flatnonzero(column["type_name"] == name)
        at = {unit_id: number for number, unit_id in enumerate(column["unit_id"][here[::span]])}
        has = (column["has_adopted"][here] == 1).reshape(-1, span)
        before = np.concatenate([np.zeros((len(has), 1), bool), has[:, :-1]], axis=1)
        sums = np.zeros(has.shape)
        ties: tuple[Tie, ...] = ()
        for number, now in enumerate(range(first, first + span)):
            if number == 0 or now - 1 in begun:
                ties = infer_precedence(others, reached, window=(window[0], now - 1), replicates=0).ties
            for tie in ties:
                if tie.source in at and tie.target in at:
                    sums[at[tie.target], number] += before[at[tie.source], number]
        counted[here] = sums.ravel()
    return counted, []
