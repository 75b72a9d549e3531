"""Inferred diffusion networks: which earlier adopter best explains each later one, over many cascades (netinf).

A cascade is one practice spreading: who adopted it, when. Every adoption is explained by the best earlier adopter, or,
where no tie leads to it, from outside. Ties are added one by one, each time the one that explains most more. The gain
of a tie depends on those into the same receiver alone, so after each step only that receiver is worked out again,
which is why this is fast. What comes out says who tends to come before whom. It is no proof of influence.

References
----------
Gomez-Rodriguez, Leskovec & Krause (2010), Inferring networks of diffusion and influence, KDD.
Desmarais, Harden & Boehmke (2015), Persistent policy pathways, American Political Science Review 109(2).
Vuong (1989), Likelihood ratio tests for model selection and non-nested hypotheses, Econometrica 57(2).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from unionkg.errors import InputError
from unionkg.language import say

if TYPE_CHECKING:
    import numpy as np

Convention = Literal["snap", "r"]
Distribution = Literal["exponential", "rayleigh", "log-normal"]
Vuong = Literal["correct", "compatible"]

_R_TIE, _R_NO_TIE = 0.5, 1e-10
_SNAP_NO_TIE = 1e-64


@dataclass(frozen=True, slots=True, eq=False)
class Cascades:
    """Adoptions by cascade, each in the order of time.

    Attributes
    ----------
    nodes, names : tuple of str
        Names of adopters, in the order in which they first appear, and of cascades.
    node, time : arrays, shape (events,)
        Index of the adopter, and when it adopted.
    first : array, shape (cascades + 1,)
        Where each cascade begins among the events.
    """

    nodes: tuple[str, ...]
    names: tuple[str, ...]
    node: np.ndarray[Any, Any]
    time: np.ndarray[Any, Any]
    first: np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Model:
    """How likely a delay is: a density and its parameters.

    Exponential ``(rate,)``, Rayleigh ``(scale,)``, log-normal ``(mean, deviation)`` of the logarithm.
    """

    distribution: Distribution
    parameters: tuple[float, ...]

    def density(self, delay: Any) -> Any:
        """The density of delays above zero; an array of their shape."""
        import numpy as np

        if self.distribution == "exponential":
            (rate,) = self.parameters
            return rate * np.exp(-rate * delay)
        if self.distribution == "rayleigh":
            (scale,) = self.parameters
            return delay / scale**2 * np.exp(-(delay**2) / (2 * scale**2))
        mean, deviation = self.parameters
        return np.exp(-((np.log(delay) - mean) ** 2) / (2 * deviation**2)) / (
            delay * deviation * math.sqrt(2 * math.pi)
        )


@dataclass(frozen=True, slots=True)
class InferredTie:
    """A tie in the order found.

    ``gain`` is what the log-likelihood gains by it, ``p`` of the Vuong test against the network without it,
    ``frequency`` the share of replicates that have the tie too (None without replicates).
    """

    source: str
    target: str
    gain: float
    p: float
    frequency: float | None = None


def cascades(events: Iterable[tuple[str, float, str]]) -> Cascades:
    """Sort adoptions into cascades.

    Parameters
    ----------
    events : iterable of (node, time, cascade)
        The earliest time counts where a node appears twice in a cascade.

    Raises
    ------
    InputError
        A time is not a finite number, or there is no event.
    """
    import numpy as np

    earliest: dict[tuple[str, str], float] = {}
    for name, time, spreading in events:
        if not math.isfinite(time):
            raise InputError(say(f"时间不是有限的数：{name}，{spreading}", f"no finite time: {name}, {spreading}"))
        key = (spreading, name)
        earliest[key] = min(time, earliest.get(key, time))
    if not earliest:
        raise InputError(say("没有任何采用事件", "there is no event"))
    nodes = {name: at for at, name in enumerate(dict.fromkeys(one for _, one in earliest))}
    names = {name: at for at, name in enumerate(dict.fromkeys(one for one, _ in earliest))}
    cascade = np.fromiter((names[c] for c, _ in earliest), np.int64, len(earliest))
    node = np.fromiter((nodes[n] for _, n in earliest), np.int64, len(earliest))
    when = np.fromiter(earliest.values(), float, len(earliest))
    order = np.lexsort((when, cascade))
    first = np.searchsorted(cascade[order], np.arange(len(names) + 1))
    return Cascades(tuple(nodes), tuple(names), node[order], when[order], first)


def default_model(found: Cascades, distribution: Distribution = "exponential") -> Model:
    """A model with parameters from the data, as R NetworkInference 1.2.5 chooses them for the exponential.

    The rate is the mean of that of delays since the first adoption of a cascade and since the one before.

    Raises
    ------
    InputError
        For another distribution: its parameters have to be given.
    """
    import numpy as np

    if distribution != "exponential":
        raise InputError(say(f"{distribution} 分布的参数要给出", f"the parameters of {distribution} have to be given"))
    starts = np.repeat(found.first[:-1], np.diff(found.first))
    later = np.arange(len(found.time)) != starts
    since_first = (found.time - found.time[starts])[later]
    since_last = np.diff(found.time, prepend=found.time[0])[later]
    if not len(since_first) or not since_last.sum():
        raise InputError(say("没有先后之分，估不出速率", "no event follows another: there is no rate"))
    return Model("exponential", (float((1 / since_first.mean() + 1 / since_last.mean()) / 2),))


def infer(
    found: Cascades,
    model: Model,
    *,
    convention: Convention = "r",
    edges: int | None = None,
    p: float | None = None,
    vuong: Vuong = "correct",
    replicates: int = 0,
    seed: int = 1,
) -> list[InferredTie]:
    """Infer ties until ``edges`` are found, the Vuong test reaches ``p``, or nothing more is gained.

    Parameters
    ----------
    found : Cascades
    model : Model
        Of the delays.
    convention : {"r", "snap"}
        ``r`` (NetworkInference 1.2.5): an adoption scores log(0.5 f) by a tie and log(1e-10 f) without one, by its
        best earlier adopter; equal gains go to the last receiver, then the last source. ``snap``: log f by a tie and
        log(1e-64) without; equal gains go to the first.
    edges : int, optional
        How many ties at most.
    p : float, optional
        Stop with the first tie whose test gives this or more; that tie is still in the result, as in R.
    vuong : {"correct", "compatible"}
        ``compatible`` repeats a slip of NetworkInference 1.2.5, whose test changes the scores that it compares.
    replicates : int
        Resample the cascades and break ties at random so often, to tell how stable each tie is.
    seed : int
        Of the replicates.

    Raises
    ------
    InputError
        Neither ``edges`` nor ``p`` is given; a delay has no probability at all.
    """
    if edges is None and p is None:
        raise InputError(say("请给出边数或停止的 p 值", "give a number of edges or a p to stop at"))
    import numpy as np

    entries = _entries(found, model, convention)
    n = len(found.names)
    drift = np.zeros(n)
    ties: list[InferredTie] = []
    chosen: list[int] = []
    for edge, gain, by_cascade in _greedy(entries, last=convention == "r"):
        change = by_cascade - 1 / n
        if vuong == "compatible":
            # Scores of unchanged cascades sink by 1/n with every test, and come back when they change.
            changed = np.flatnonzero(by_cascade)
            change[changed] += drift[changed] / n
            drift += 1
            drift[changed] = 1
        value = _p_value(change)
        ties.append(InferredTie(found.nodes[entries.source[edge]], found.nodes[entries.receiver[edge]], gain, value))
        chosen.append(edge)
        if len(ties) == edges or (p is not None and value >= p):
            break
    if not replicates or not ties:
        return ties
    share = _frequencies(entries, chosen, replicates, np.random.default_rng(seed))
    return [
        InferredTie(tie.source, tie.target, tie.gain, tie.p, frequency)
        for tie, frequency in zip(ties, share, strict=True)
    ]


@dataclass(frozen=True, slots=True, eq=False)
class _Entries:
    """Every way to explain an adoption by a tie, sorted by receiver and source.

    ``score`` and ``slot`` (the adoption explained) have one item an entry; ``starts`` says where the entries of each edge
    begin, ``source`` and ``receiver`` its ends, ``edges_of`` where a receiver's edges begin. ``cascade`` of each
    adoption, and ``without``, its score without a tie, have one item an adoption.
    """

    score: Any
    slot: Any
    cascade: Any
    starts: Any
    source: Any
    receiver: Any
    edges_of: Any
    without: Any
    cascades: int


def _entries(found: Cascades, model: Model, convention: Convention) -> _Entries:
    import numpy as np

    events, n = len(found.time), len(found.nodes)
    starts = np.repeat(found.first[:-1], np.diff(found.first))
    at = np.arange(events)
    opens = np.r_[True, found.time[1:] != found.time[:-1]] | (at == starts)
    earlier = np.maximum.accumulate(np.where(opens, at, 0)) - starts  # how many adopted before, at another time
    slot = np.repeat(at, earlier)
    offset = np.arange(len(slot)) - np.repeat(np.cumsum(earlier) - earlier, earlier)
    by = starts[slot] + offset
    density = model.density(found.time[slot] - found.time[by])
    without = np.full(events, math.log(_SNAP_NO_TIE) if convention == "snap" else -np.inf)
    with np.errstate(divide="ignore"):  # a delay of density zero explains nothing
        score = np.log(density if convention == "snap" else _R_TIE * density)
        if convention == "r":
            np.maximum.at(without, slot, np.log(_R_NO_TIE * density))
    if not np.isfinite(without[earlier > 0]).all():
        raise InputError(
            say("有的间隔在这个分布下不可能出现", "a delay is impossible in this distribution"),
            hint=say("换用较小的速率或较大的尺度", "take a smaller rate or a larger scale"),
        )
    key = found.node[slot] * n + found.node[by]
    order = np.argsort(key.astype(np.min_scalar_type(n * n)), kind="stable")  # small numbers sort by radix, at once
    key = key[order]
    begins = np.flatnonzero(np.r_[True, key[1:] != key[:-1]]) if len(key) else np.zeros(0, np.int64)
    receiver = key[begins] // n
    slot = slot[order]
    return _Entries(
        score[order],
        slot,
        np.repeat(np.arange(len(found.names)), np.diff(found.first)),
        begins,
        key[begins] % n,
        receiver,
        np.searchsorted(receiver, np.arange(n + 1)),
        without,
        len(found.names),
    )


def _greedy(
    entries: _Entries, *, last: bool, weights: Any = None, random: Any = None
) -> Iterator[tuple[int, float, Any]]:
    """Yield edges by falling gain: (edge, gain, gain by cascade, array of shape (cascades,))."""
    import numpy as np

    current = entries.without.copy()
    weights = None if weights is None else weights[entries.cascade]
    ends = np.append(entries.starts, len(entries.score))[1:]
    # Of each entry, the place of its edge among those of its receiver.
    place = np.repeat(np.arange(len(ends)) - entries.edges_of[entries.receiver], ends - entries.starts)
    receivers = len(entries.edges_of) - 1
    gains: list[Any] = [None] * receivers
    best = np.full(receivers, -np.inf)
    taken = np.zeros(len(entries.starts), bool)

    # What is left of each receiver's entries: scores only rise, so one that explains no more never will again.
    left: list[Any] = [None] * receivers
    for receiver in range(receivers):
        first, stop = entries.edges_of[receiver], entries.edges_of[receiver + 1]
        if first < stop:
            these = slice(entries.starts[first], ends[stop - 1])
            left[receiver] = entries.score[these], entries.slot[these], place[these]

    def work_out(receiver: int) -> None:
        if left[receiver] is None:
            return
        score, slot, where = left[receiver]
        more = score - current.take(slot)
        useful = more > 0
        if np.count_nonzero(useful) < len(more) / 2:
            left[receiver] = score[useful], slot[useful], where[useful]
            more, slot, where = more[useful], slot[useful], where[useful]
        else:
            np.maximum(more, 0, out=more)
        if weights is not None:
            more *= weights[slot]
        # Not reduceat: this adds up one by one, as R does, so that gains that are equal there are equal here.
        first, stop = entries.edges_of[receiver], entries.edges_of[receiver + 1]
        found = np.bincount(where, weights=more, minlength=stop - first)
        found[taken[first:stop]] = 0
        gains[receiver] = found
        best[receiver] = found.max()

    for receiver in range(receivers):
        work_out(receiver)
    while True:
        top = best.max(initial=0)
        if top <= 0:
            return
        receiver = _pick(best, top, last=last, random=random)
        edge = entries.edges_of[receiver] + _pick(gains[receiver], top, last=last, random=random)
        low, high = entries.starts[edge], ends[edge]
        slots = entries.slot[low:high]
        more = np.maximum(entries.score[low:high] - current[slots], 0)
        by_cascade = np.zeros(entries.cascades)
        by_cascade[entries.cascade[slots]] = more
        current[slots] += more
        taken[edge] = True
        work_out(receiver)
        yield int(edge), float(more.sum()), by_cascade


def _pick(gains: Any, top: float, *, last: bool, random: Any) -> int:
    """One of the places where the gain is the highest."""
    import numpy as np

    equal = np.flatnonzero(gains == top)
    if random is not None:
        return int(random.choice(equal)) if len(equal) > 1 else int(equal[0])
    return int(equal[-1 if last else 0])


def _p_value(change: Any) -> float:
    """One-sided p of the Vuong test that scores by cascade rose by more than chance."""
    n, total = len(change), float(change.sum())
    around = change - total / n
    variance = float(around @ around) / (n - 1) if n > 1 else 0.0
    if not variance:
        return 0.0 if total > 0 else 1.0
    statistic = total / math.sqrt(variance * n)
    return 0.5 * math.erfc(statistic / math.sqrt(2))


def _frequencies(entries: _Entries, chosen: list[int], replicates: int, random: Any) -> list[float]:
    """In what share of bootstrap replicates, each with as many ties, a tie is found again."""
    import numpy as np

    times = np.zeros(len(entries.starts), int)
    for _ in range(replicates):
        drawn = random.integers(entries.cascades, size=entries.cascades)
        weights = np.bincount(drawn, minlength=entries.cascades).astype(float)
        for number, (edge, _, _) in enumerate(_greedy(entries, last=True, weights=weights, random=random), 1):
            times[edge] += 1
            if number == len(chosen):
                break
    return [float(times[edge] / replicates) for edge in chosen]
