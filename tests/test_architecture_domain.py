"""Domain objects change only through their own methods: nobody else assigns their attributes."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
LAYERS = ("services", "intake", "workers", "commands", "views", "documents", "bootstrap", "cli")
OWN = {"self", "cls"}


def changeable_fields() -> frozenset[str]:
    """The fields of every dataclass in the domain that is not frozen."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in (PROJECT / "bot/domain").rglob("*.py"))
    classes = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    return frozenset(
        ast.unparse(each.target)
        for found in classes
        if any(
            "dataclass" in (said := ast.unparse(by)) and "frozen" not in said for by in found.decorator_list
        )
        for each in found.body
        if isinstance(each, ast.AnnAssign)
    )


FIELDS = changeable_fields()


def changes(code: str) -> Iterator[str]:
    """Each place that sets or deletes such a field of another object than the one whose method it is in."""
    for node in ast.walk(ast.parse(code)):
        match node:
            case ast.Attribute(value=ast.Name(id=owner), ctx=ast.Store() | ast.Del()) if owner in OWN:
                continue
            case ast.Attribute(attr=name, ctx=ast.Store() | ast.Del()) if name in FIELDS:
                yield f"{node.lineno}: {ast.unparse(node)}"
            case ast.Call(func=function, args=[ast.expr() as owner, *_]) if ast.unparse(owner) not in OWN:
                if ast.unparse(function) in ("setattr", "object.__setattr__"):
                    yield f"{node.lineno}: {ast.unparse(node)}"
            case _:
                continue


def test_only_a_domain_object_changes_itself() -> None:
    found = [
        f"{path.relative_to(PROJECT).as_posix()}:{change}"
        for layer in LAYERS
        for path in sorted((PROJECT / "bot" / layer).rglob("*.py"))
        for change in changes(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_what_may_not_be_assigned_is_what_the_domain_lets_change() -> None:
    assert {"subject", "is_retired", "platform_revision", "next_at", "acknowledged_by"} <= FIELDS


@pytest.mark.parametrize(
    "code",
    [
        "ticket.subject = 'VPN'",
        "message.revision += 1",
        "before, ticket.team = ticket.team, 'network'",
        "context.ticket.sla_stage: int = 2",
        "self.ticket.assignee = None",
        "del timer.next_at",
        "for ticket.assignee in people: pass",
        "setattr(ticket, 'team', 'network')",
    ],
)
def test_every_way_to_change_somebody_elses_attribute_is_seen(code: str) -> None:
    assert len(list(changes(code))) == 1


def test_an_object_may_set_its_own_attributes() -> None:
    assert list(changes("self.status = status\nteam = ticket.team\nsetattr(self, name, 1)")) == []
