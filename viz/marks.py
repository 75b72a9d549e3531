"""How each kind of node and each basis of a relationship is drawn: shapes, fills and lines that differ without colour too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from unionkg.ontology.declarations import Basis, RelationshipType

Shape = Literal["dot", "square", "diamond", "triangle", "triangleDown", "star", "hexagon"]
Group = Literal["diffusion", "stated", "structural", "derived", "computed"]


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark of a kind of node: no two kinds share shape and fill. ``size`` is a radius in units of the layout.

    ``first`` kinds are shown when the page opens; the others wait for a tick in the list, so that the picture opens
    with who did what and where it went, and not with every figure and partner.
    """

    shape: Shape
    fill: str
    border: str
    size: int
    first: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """The line of a basis: what a document says is solid, what follows dotted, what is inferred dashed."""

    colour: str
    width: float
    dashes: tuple[int, ...] = ()
    first: bool = True


# Fills: the eight colours of Okabe & Ito (2008), which colour-blind eyes tell apart, and white.
_BLUE, _SKY, _GREEN, _ORANGE, _RED, _PINK, _YELLOW = (
    "#0072B2",
    "#56B4E9",
    "#009E73",
    "#E69F00",
    "#D55E00",
    "#CC79A7",
    "#F0E442",
)
_WHITE, _GREY, _DARK = "#FFFFFF", "#9AA3AD", "#3D4650"

_MARKS: dict[str, Mark] = {
    "PracticeCase": Mark("dot", _BLUE, "#004E7C", 13, first=True),
    "TradeUnion": Mark("square", _ORANGE, "#8A5F00", 12, first=True),
    "Practice": Mark("triangle", _GREEN, "#00634A", 12, first=True),
    "PracticeType": Mark("diamond", _PINK, "#8C3D69", 15, first=True),
    "Region": Mark("hexagon", _SKY, "#1F6F9E", 12),
    "Theme": Mark("star", _YELLOW, "#7A7000", 15),
    "TargetGroup": Mark("triangleDown", _SKY, "#1F6F9E", 12),
    "Organization": Mark("square", _GREY, "#4F5862", 10),
    "Person": Mark("dot", _WHITE, _BLUE, 10),
    "Platform": Mark("hexagon", _WHITE, _GREEN, 11),
    "Policy": Mark("square", _WHITE, _RED, 10),
    "Award": Mark("star", _ORANGE, "#8A5F00", 12),
    "Outcome": Mark("triangle", _WHITE, _GREEN, 9),
    "Document": Mark("diamond", _WHITE, _DARK, 14),
    "UnresolvedName": Mark("dot", _WHITE, _RED, 11, first=True),
}
#: A label that the schema gained since: drawn all the same.
_OTHER = Mark("hexagon", _GREY, _DARK, 10)

LINES: dict[Group, Line] = {
    "diffusion": Line("#C04A00", 4.5),
    "stated": Line("#8796A8", 1.6),
    "structural": Line("#A9B2BC", 1.0, (2, 4)),
    "derived": Line("#6B7785", 1.0, (2, 4), first=False),
    "computed": Line("#7B3FA0", 1.6, (9, 6), first=False),
}
#: The colour of a stated line that crosses the picture.
FAINT = "#CBD3DC"
#: Announced and not done yet: the colour of what spread, but dotted.
INTENDED = Line("#C04A00", 3.5, (4, 8))


def mark(label: str) -> Mark:
    """The mark of a node label."""
    return _MARKS.get(label, _OTHER)


def group(kind: RelationshipType, basis: Basis) -> Group:
    """What a relationship is drawn as: its basis, and what is stated about spreading apart from the rest."""
    if basis == "stated":
        return "diffusion" if kind.section == "diffusion" else "stated"
    return basis
