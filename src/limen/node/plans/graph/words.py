"""Entities and ties in words, for charts, tables and files."""

from __future__ import annotations

from django.utils.translation import gettext as _

from limen.node.plans.graph.joining import Edge, Graph, Node, Strand
from limen.node.plans.graph.kinds import NAMES, TIES, Nature


def short(node: Node) -> str:
    """What stands below the icon."""
    return f"{node.name} ({node.code})" if node.code and len(node.code) > 3 else node.name


def full(node: Node) -> str:
    """Its name, and its code where it has one."""
    return f"{node.name} ({node.code})" if node.code else node.name


def told(node: Node) -> str:
    """Its kind and name: what is said of it when it is pointed at or focused."""
    return f"{NAMES[node.kind]}: {full(node)}"


def strand(each: Strand) -> str:
    """One reason of a tie."""
    if each.nature == Nature.ENTERED and each.words:
        return each.words
    return f"{TIES[each.nature]} {each.words}".strip()


def tie(edge: Edge) -> str:
    """Everything that ties two entities, each thing once."""
    return ", ".join(dict.fromkeys(strand(each) for each in edge.strands))


def summary(graph: Graph, pictured: int) -> str:
    """What the chart is, for whoever does not see it."""
    return _("Link chart: %(nodes)d entities and what ties them. The lists below say the same.") % {"nodes": pictured}
