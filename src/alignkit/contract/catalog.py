"""Which tables one community may keep: the contract's, and those of its own.

A catalog is a value that is passed on, never a setting of the process: two communities in one process cannot see each
other's tables, and a caller that forgets to pass it on is told that there is no such table.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from alignkit.contract.schema import TABLES, TableSchema, nearest, schema
from alignkit.errors import ContractError


@dataclass(frozen=True)
class Catalog:
    """The contract's tables and `own`, the tables that a community has declared; no name is in both."""

    own: tuple[TableSchema, ...] = ()

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every table: the contract's in its order, then the community's own in the order of the alphabet."""
        return (*TABLES, *sorted(self._own))

    @cached_property
    def person_level(self) -> tuple[str, ...]:
        """The tables with one row for a person, or for something that happened to one."""
        return tuple(name for name in self.names if self.schema(name).person_level)

    @cached_property
    def _own(self) -> Mapping[str, TableSchema]:
        return {table.name: table for table in self.own}

    def __contains__(self, name: object) -> bool:
        return name in self.names

    def schema(self, name: str) -> TableSchema:
        """The schema of one table; ContractError with the nearest name where there is none."""
        if name in self._own:
            return self._own[name]
        if name not in TABLES:
            raise ContractError(f"there is no table '{name}'", (), cure=nearest(name, self.names, "tables"))
        return schema(name)


CONTRACT = Catalog()
"""The contract's tables alone."""
