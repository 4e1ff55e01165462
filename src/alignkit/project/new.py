"""What a project gets later: an outcome's own notebook, the next cycle."""

from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path

import nbformat
import pandas as pd

from alignkit import cycles
from alignkit.contract.schema import schema
from alignkit.errors import ContractError, ParamsError, SourceError
from alignkit.known import known
from alignkit.lateness import Late, of_snapshot
from alignkit.params import CommunityParams, CycleParams, day_of, load_community, load_cycle
from alignkit.project import find, notebooks
from alignkit.project.init import put_cycle
from alignkit.project.packaged import packaged
from alignkit.project.write import Written, csv_text
from alignkit.runs.chapters import EACH_OUTCOME
from alignkit.runs.plan import outcomes_in_force
from alignkit.shared.files import find_notebook, of_outcome
from alignkit.snapshot import Snapshot, snapshot_of

UNFINISHED = ("open", "late")
"""What becomes of a promise is asked again next cycle while it is one of these."""
TO_FILL = ("status", "reason", "help_needed", "recorded_on")
CARRIED = "commitments-to-fill.csv"


@dataclass(frozen=True)
class NextCycle:
    """What `new_cycle` made, and what the evaluator has to look at."""

    written: Written
    file: Path
    carried: Path | None
    """The sheet of promises to say what became of; None where none is unfinished."""
    unfinished: int
    late: tuple[Late, ...]
    """What should have come by the new cycle's date, and has not yet."""


def new_outcome(project: Path, outcome: str, community: str = "") -> Written:
    """Give one outcome a notebook of its own, `notebooks/outcomes/<outcome>.ipynb`, that adds to the shared one.

    Never overwrites. Raises `ParamsError` for an outcome that is not in the community's tables, with what to add;
    where the tables cannot be read, the id is only checked for its form.
    """
    find.checked_id(outcome, "an outcome's id")
    id_ = find.the_community(project, community)
    done = Written(project)
    _look_up(outcome, load_community(project, id_), done)
    labels = find.cycles(project, id_)
    values = {"community": id_, "outcome": outcome}
    if labels:
        values |= load_cycle(find.cycle_file(project, id_, labels[-1])).to_papermill()
    shared = find_notebook(project, "outcome.ipynb")
    done.text(f"notebooks/{of_outcome(outcome)}", notebooks.text(_adding_to(shared, values)))
    return done


def _adding_to(shared: Path, values: dict[str, str]) -> nbformat.NotebookNode:
    """A notebook that runs the shared one, with its parameters and these defaults, and has nothing of its own yet."""
    made = notebooks.read(packaged("templates") / "community" / "own-notebook.ipynb")
    parameters, given = notebooks.parameters_cell(made), notebooks.parameters_cell(notebooks.read(shared))
    if given is not None:
        parameters.source = given.source
    return notebooks.with_defaults(made, values)


def _look_up(outcome: str, community: CommunityParams, done: Written) -> None:
    """Refuse an outcome that the tables do not have; note what the book still needs."""
    try:
        snapshot = snapshot_of(community, done.project)
    except (SourceError, ContractError) as error:
        done.notes.append(f"the tables cannot be read, so that the id was not looked up ({str(error).splitlines()[0]})")
        return
    rows = snapshot.table("outcomes") if "outcomes" in snapshot.tables else pd.DataFrame(columns=["outcome_id"])
    if outcome not in set(rows["outcome_id"]):
        there = sorted(set(rows["outcome_id"]))
        near = get_close_matches(outcome, there, n=1)
        add = f"or, if it is a new one, first add a row to each of these tables: {_to_add(outcome)}"
        cure = f"did you mean '{near[0]}'?" if near else f"outcomes there are: {', '.join(there) or 'none yet'};"
        raise ParamsError(f"there is no outcome '{outcome}' in the tables", where=community.id, cure=f"{cure} {add}")
    newest = rows[rows["outcome_id"] == outcome].sort_values("valid_from").iloc[-1]
    if newest["status"] != "in_force":
        done.notes.append("its status is candidate: it has a chapter once outcomes says in_force")
    indicators = snapshot.table("indicators") if "indicators" in snapshot.tables else None
    if indicators is None or not ((indicators["outcome_id"] == outcome) & (indicators["role"] == "core")).any():
        done.notes.append(f"it has no core indicator yet; add one to indicators: {_needed('indicators')}")


def _to_add(outcome: str) -> str:
    return f"outcomes (outcome_id {outcome}; {_needed('outcomes')}) and indicators ({_needed('indicators')})"


def _needed(table: str) -> str:
    """The columns that a new row must have."""
    return ", ".join(field.name for field in schema(table).fields if field.required)


def new_cycle(project: Path, community: str = "", today: date | None = None, *, label: str = "") -> NextCycle:
    """Lay out the cycle `label` (left out: the next of the same kind): its file, places for words, promises to follow
    up. Its `previous` is the community's newest cycle.

    The promises go into a sheet next to the words, in the columns of the table commitments; the community's own tables
    are not touched. Raises `ParamsError`, also for a cycle that is there or lies before the newest one, `SourceError`,
    `ContractError`, all before anything is written.
    """
    id_ = find.the_community(project, community)
    settings, last = load_community(project, id_), _last(project, id_)
    cycle = _after(project, last, label, today or date.today())
    snapshot = snapshot_of(settings, project)
    chapters = [
        one
        for name in settings.chapters
        for one in (_outcomes(snapshot, cycle) if name == EACH_OUTCOME else [name])
    ]  # fmt: skip
    done = Written(project)
    put_cycle(done, settings.name, cycle, chapters)
    open_ = unfinished(snapshot, cycle)
    carried = None
    if len(open_):
        rows = open_.astype(object).where(open_.notna(), "").to_numpy().tolist()
        carried = done.text(f"params/{id_}/{cycle.cycle}/{CARRIED}", csv_text(list(open_.columns), rows))
    late = of_snapshot(snapshot, cycle.as_of, settings.place)
    return NextCycle(done, find.cycle_file(project, id_, cycle.cycle), carried, len(open_), late)


def _after(project: Path, last: CycleParams, label: str, today: date) -> CycleParams:
    """The parameters of the cycle after the newest one, which is `last`."""
    there = find.cycles(project, last.community)
    summer = any(one.endswith("Summer") for one in there)
    label = cycles.checked(label or cycles.following(last.cycle, summer=summer))
    where = f"params/{last.community}"
    if label in there:
        cure = "go on with it, or give --cycle a later one"
        raise ParamsError(f"the cycle {label} is there already", where=f"{where}/{label}.yml", cure=cure)
    if cycles.order(label) < cycles.order(last.cycle):
        what = f"the cycle {label} lies before the newest one, {last.cycle}"
        raise ParamsError(what, where=where, cure=f"give --cycle one after {last.cycle}, or leave --cycle out")
    day = day_of(*cycles.days(label), today)
    return CycleParams(community=last.community, cycle=label, as_of=day, previous=last.cycle, lang=last.lang)


def _last(project: Path, community: str) -> CycleParams:
    labels = find.cycles(project, community)
    if not labels:
        raise ParamsError(
            "the community has no cycle yet",
            where=f"params/{community}",
            cure="alignkit init writes the first one; or write a file such as 2026-Q3.yml by hand",
        )
    return load_cycle(find.cycle_file(project, community, labels[-1]))


def _outcomes(snapshot: Snapshot, cycle: CycleParams) -> list[str]:
    return [f"outcome-{outcome}" for outcome in outcomes_in_force(snapshot, cycle)]


def unfinished(snapshot: Snapshot, cycle: CycleParams) -> pd.DataFrame:
    """The promises that nobody has settled, soonest due first, as text in the contract's columns.

    What the evaluator has to say anew (status, reason, help needed, the day) is blank.
    """
    about = schema("commitments")
    if "commitments" not in snapshot.tables:
        return pd.DataFrame(columns=list(about.columns))
    frame = known(snapshot.table("commitments"), about.visible_from, about.version_of, pd.Timestamp(cycle.as_of))
    frame = frame[frame["status"].isin(UNFINISHED)].sort_values(["due_now", "commitment_id"])[list(about.columns)]
    for field in about.fields:
        if field.type == "date":
            frame[field.name] = frame[field.name].dt.strftime("%Y-%m-%d")
    return frame.assign(**dict.fromkeys(TO_FILL, "")).reset_index(drop=True)


def next_steps(made: NextCycle) -> list[str]:
    """What an evaluator does in a new cycle, in order."""
    at = made.written.project
    steps = []
    if made.carried is not None:
        sheet = made.carried.relative_to(at).as_posix()
        steps.append(
            f"{made.unfinished} promise(s) are open or late: ask what became of them, fill {', '.join(TO_FILL)} in "
            f"{sheet}, and append its rows to your table commitments"
        )
    params = made.file.relative_to(at).as_posix()
    steps += [f"get what is due in this cycle: {'; '.join(map(str, made.late))}"] if made.late else []
    return [
        *steps,
        "add this cycle's rows to your tables, then: alignkit check",
        f"alignkit run  {params}",
        f"alignkit book {params}",
    ]
