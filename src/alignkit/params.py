"""Parameter files (YAML) → frozen, typed values.

Two kinds: `params/<community>/community.yml` says who the community is and where its tables are;
`params/<community>/<cycle>.yml` is one cycle, flat, exactly what every notebook declares, so that
`papermill -f` takes it as it is.
"""

import os
import re
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator, model_validator

from alignkit.cycles import FORMS, days, in_order, is_cycle, order
from alignkit.errors import ParamsError
from alignkit.param_files import load

SLUG = re.compile(r"^[a-z0-9]+(?:[-_][a-z0-9]+)*$")


class _Params(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class DemoSource(_Params):
    """The synthetic community."""

    seed: int = Field(ge=0)
    """Any whole number; the same one makes the same people and numbers."""


class Source(_Params):
    """Where the tables are: one of these, or several, each table in one of them. Relative paths start at the
    community's params folder; `$NAME` in a path is read from the environment."""

    demo: DemoSource | None = None
    """The invented community; it stands alone."""
    folder: str | None = None
    """A folder of `<table>.csv` or `<table>.parquet` files."""
    workbook: str | None = None
    """An Excel workbook, one sheet a table; never person-level tables."""
    mapping: str | None = None
    """A mapping sheet (Excel): which incoming file's columns and codes become which table's."""
    private: str | None = None
    """A folder of person-level tables, apart from the others and with permissions of its own."""
    duckdb: str | None = None
    """A DuckDB file, one table or view for each table of the contract."""
    postgres: str | None = None
    """A PostgreSQL URL without a password (that comes from the environment); one table or view for each table, in the
    schema that `?schema=` names or on the account's search path."""
    sql: str | None = None
    """A folder of `<table>.sql` queries over any files."""
    variables: dict[str, str] = Field(default_factory=dict)
    """For `sql`: name → path, written `{name}` in a query; `$NAME` in a path is read from the environment."""

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of those that are given, in the order above."""
        return tuple(name for name in PARTS if getattr(self, name) is not None)

    @field_validator("postgres")
    @classmethod
    def _postgres_url(cls, value: str | None) -> str | None:
        wrong, cure = (value and url_problem(value)) or ("", "")
        if wrong:
            raise ValueError(f"{wrong}; {cure}")
        return value

    @model_validator(mode="after")
    def _some(self) -> Self:
        if not self.parts:
            raise ValueError(f"one of {', '.join(PARTS)} is needed")
        if self.demo is not None and len(self.parts) > 1:
            raise ValueError("demo stands alone; the invented community has no other tables")
        return self


PARTS = tuple(name for name in Source.model_fields if name != "variables")


_PASSWORD = re.compile(r"://[^@]*:[^@]+@|[?&][^=&]*(?:password|secret)[^=&]*=", re.IGNORECASE)


def url_problem(url: str) -> tuple[str, str] | None:
    """What is wrong with a PostgreSQL URL, and the cure, neither quoting it; None where all is well.

    A URL is shown and kept in places where no secret may be, so a password in it is refused wherever the URL comes
    from. Anything that looks like one counts: of `user:se/cret@host` others would make a host and a port.
    """
    if _PASSWORD.search(url):
        return (
            "the URL holds a password, or what looks like one",
            "take it out of the URL and change it; give it in PGPASSWORD or a password file (write any other @ as %40)",
        )
    if not url.startswith(("postgresql://", "postgres://", "$")):
        return "this is no PostgreSQL URL", "write postgresql://user@host:5432/database"
    return None


class ChapterParams(_Params):
    """What one chapter does differently from its neighbours."""

    notebook: str | None = None
    """Another notebook for this chapter, relative to notebooks/."""
    parameters: dict[str, str | int | float | bool] = Field(default_factory=dict)
    """Further parameters that this chapter's notebook declares."""


class CommunityParams(_Params):
    """`community.yml`."""

    id: str
    """The folder's name below params/; never written in the file."""
    name: str
    """The community's name as a reader should see it."""
    place: str
    """place_id of the community itself; other places are shown beside it."""
    source: Source
    """Where the tables are: see below."""
    languages: tuple[str, ...] = ("en",)
    """Those that the book may be written in; a cycle's `lang` is one of them."""
    synthetic: bool = False
    """Say on every page that the people and numbers are invented."""
    author: str = ""
    """Who makes the book, as its title page says."""
    chapters: tuple[str, ...] = (
        "brief", "collaboration", "leadership", "outcomes", "action", "data_systems", "advocacy", "outcome",
        "commitments", "methods",
    )  # fmt: skip
    """In the book's order; `outcome` stands for one chapter per outcome in force."""
    overrides: dict[str, ChapterParams] = Field(default_factory=dict)
    """Chapter id → what it does differently."""
    minimum_count: int = Field(default=10, ge=3)
    """Used until the community has a data standard (table `standards`) that says otherwise."""
    late_tables: Literal["wait", "run"] = "run"
    """When data are later than usual: run all the same and say so, or wait for them."""
    accent: str = Field(default="#0072B2", pattern=r"^#[0-9A-Fa-f]{6}$")
    """The book's colour, written like #0072B2."""


SHIFTED = 93
"""How many days a cycle's own first and last day may be from those that its label stands for."""


class CycleParams(_Params):
    """`<cycle>.yml`: what every notebook declares, and the cycle's own first and last day where they differ."""

    community: str = Field(pattern=SLUG.pattern)
    """The community's id, which is its folder's name."""
    cycle: str
    """The cycle: 2026-Q3 (quarter), 2026-H2 (half year), 2026-Fall (school term), 2026-27 (school or fiscal year), 2026
    (calendar year). The file is named like it."""
    starts: date | None = None
    """The cycle's first day, where it is not the usual one of its label; see docs/cycles.md."""
    ends: date | None = None
    """The cycle's last day, where it is not the usual one of its label."""
    as_of: date = Field(default_factory=lambda given: _usual_as_of(given))
    """What was known on this day counts. Left out: today until the cycle is over, then its last day."""
    previous: str = ""
    """The cycle before, or empty for the first one."""
    lang: str = "en"
    """The book's language."""

    @model_validator(mode="before")
    @classmethod
    def _blank_is_left_out(cls, data: Any) -> Any:
        return {k: v for k, v in data.items() if k != "as_of" or v} if isinstance(data, dict) else data

    @field_validator("cycle", "previous", mode="before")
    @classmethod
    def _year_is_text(cls, value: Any) -> Any:
        """YAML reads `cycle: 2026` as a number."""
        return str(value) if isinstance(value, int) and not isinstance(value, bool) else value

    @field_validator("cycle", "previous")
    @classmethod
    def _label(cls, value: str, about: ValidationInfo) -> str:
        if not is_cycle(value) and (value or about.field_name == "cycle"):
            raise ValueError(f"'{value}' is not a cycle: write {FORMS}")
        return value

    @model_validator(mode="after")
    def _order(self) -> Self:
        if self.previous and order(self.previous) >= order(self.cycle):
            raise ValueError(f"previous ({self.previous}) must come before cycle ({self.cycle})")
        for name, given, usual in zip(("starts", "ends"), (self.starts, self.ends), days(self.cycle), strict=True):
            if given and abs((given - usual).days) > SHIFTED:
                what = f"{name} ({given}) is more than {SHIFTED} days from {usual}, its usual day in {self.cycle}"
                raise ValueError(what)
        if self.first_day > self.last_day:
            raise ValueError(f"the cycle ends ({self.last_day}) before it starts ({self.first_day})")
        return self

    @property
    def first_day(self) -> date:
        """The cycle's first day."""
        return self.starts or days(self.cycle)[0]

    @property
    def last_day(self) -> date:
        """The cycle's last day."""
        return self.ends or days(self.cycle)[1]

    @property
    def dated(self) -> bool:
        """Whether `as_of` was given. Where it was not, it depends on today until the cycle is over."""
        return "as_of" in self.model_fields_set

    def to_papermill(self) -> dict[str, str]:
        """Plain values: Papermill turns no dates or paths into notebook code."""
        return {
            "community": self.community,
            "cycle": self.cycle,
            "as_of": self.as_of.isoformat(),
            "previous": self.previous,
            "lang": self.lang,
        }


def day_of(first: date, last: date, today: date) -> date:
    """What `as_of` is where nothing else is said: today in a cycle that is going on, else its last day."""
    return today if first <= today <= last else last


def _usual_as_of(given: dict[str, Any]) -> date:
    """`as_of` of a cycle whose file leaves it out; read once, so that a run that goes past midnight keeps its day."""
    if "cycle" not in given:  # it was refused; pydantic before 2.12 asks for a day all the same
        return date.min
    first, last = days(given["cycle"])
    return day_of(given.get("starts") or first, given.get("ends") or last, date.today())


def project_root(start: Path | None = None) -> Path:
    """The folder that holds params/: `ALIGNKIT_PROJECT`, else the first one upwards from `start`."""
    if named := os.environ.get("ALIGNKIT_PROJECT"):
        root = Path(named).resolve()
        if not (root / "params").is_dir():
            raise ParamsError("no params/ folder in it", where=f"ALIGNKIT_PROJECT={root}", cure="point it at a project")
        return root
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / "params").is_dir():
            return folder
    raise ParamsError(
        "no params/ folder here or in any folder above",
        where=str(here),
        cure="change into your project's folder, or set ALIGNKIT_PROJECT to it",
    )


def load_community(project: Path, community: str) -> CommunityParams:
    """Read `params/<community>/community.yml`."""
    path = project / "params" / community / "community.yml"
    if not path.is_file():
        there = sorted(p.parent.name for p in (project / "params").glob("*/community.yml"))
        near = get_close_matches(community, there, n=1)
        cure = f"did you mean '{near[0]}'?" if near else f"communities here: {', '.join(there) or 'none'}"
        raise ParamsError(f"there is no community '{community}'", where=str(path), cure=cure)
    return load(CommunityParams, path, id=community)


def load_cycle(path: Path) -> CycleParams:
    """Read one cycle's file."""
    if not path.is_file():
        there = in_order(one.stem for one in path.parent.glob("*.yml") if is_cycle(one.stem))
        cure = (
            f"cycles here: {', '.join(f'{label}.yml' for label in there)}"
            if there
            else "name a file such as params/riverbend/2026-Q3.yml"
        )
        raise ParamsError("there is no such parameter file", where=str(path), cure=cure)
    params = load(CycleParams, path)
    if params.cycle != path.stem:
        raise ParamsError(
            f"the file is named {path.name} but says cycle: {params.cycle}", where=str(path), cure="make the two agree"
        )
    return params
