"""Loading what Limen brings into the tables, after every migration; quick when nothing changed.

Shipped rows are written over, rows that are shipped no more are made inactive (reports may name them), and what an
agency added or made inactive stays as it is.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from limen.node.terms import catalogue
from limen.node.terms.editions import forget
from limen.node.terms.models import Carrier, Edition, Place, Term

FORMAT = "1"
"""Raised when this module writes the same data otherwise."""
SHIPPED = "shipped"


def load_terms(using: str = DEFAULT_DB_ALIAS, *, force: bool = False, **_: Any) -> bool:
    """Bring the tables up to date; say whether there was anything to do."""
    digest = f"{FORMAT}-{catalogue.digest()}"[:64]
    with transaction.atomic(using):
        edition, _made = Edition.objects.using(using).select_for_update().get_or_create(name=SHIPPED)
        if edition.digest == digest and not force:
            return False
        _load(using, Term, ["kind", "code"], _terms())
        _load(using, Place, ["code"], _places())
        _load(using, Carrier, ["code"], _carriers())
        Edition.objects.using(using).filter(pk=SHIPPED).update(digest=digest, token=uuid.uuid4())
    forget()
    return True


def _terms() -> Iterable[Term]:
    for entry in catalogue.all_entries():
        mappings = {scheme: asdict(mapped) for scheme, mapped in entry.maps.items()}
        yield Term(
            kind=entry.kind,
            code=entry.code,
            parent=entry.parent,
            labels=entry.labels,
            definition=entry.says,
            mappings=mappings,
            position=entry.position,
        )


def _places() -> Iterable[Place]:
    for row in catalogue.place_rows():
        lat, lon, weight = float(row["lat"]), float(row["lon"]), int(row["weight"])
        yield Place(**{**row, "lat": lat, "lon": lon, "weight": weight})


def _carriers() -> Iterable[Carrier]:
    for row in catalogue.carrier_rows():
        yield Carrier(**row)


def _load(using: str, model: type[Any], key: Sequence[str], rows: Iterable[Any]) -> None:
    """Copy the rows to a table of the moment, then merge them: ten times as fast as inserts."""
    meta = model._meta
    fields = [field for field in meta.concrete_fields if not field.auto_created and field.attname not in _NOT_SHIPPED]
    columns = [field.column for field in fields]
    names, shipped = ", ".join(columns), f"shipped_{meta.db_table}"
    changed = ", ".join(f"{column} = EXCLUDED.{column}" for column in columns if column not in key)
    same = " AND ".join(f"s.{column} = t.{column}" for column in key)
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE {shipped} ON COMMIT DROP AS SELECT {names} FROM {meta.db_table} LIMIT 0")  # noqa: S608
        with cursor.copy(f"COPY {shipped} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row([field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields])
        cursor.execute(
            f"INSERT INTO {meta.db_table} AS t ({names}, active, owner) SELECT {names}, true, '' FROM {shipped} "  # noqa: S608
            f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET {changed} WHERE t.owner = ''"
        )
        cursor.execute(
            f"UPDATE {meta.db_table} AS t SET active = false WHERE t.owner = '' AND t.active "  # noqa: S608
            f"AND NOT EXISTS (SELECT FROM {shipped} AS s WHERE {same})"
        )
        cursor.execute(f"DROP TABLE {shipped}")


_NOT_SHIPPED = frozenset({"active", "owner"})
