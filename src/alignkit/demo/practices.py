"""Tables about practices and grants: where they are used, what data holders counted, whose agreement is needed."""

import numpy as np
import pandas as pd

from alignkit.demo.partners import officers
from alignkit.demo.tools import generator, listed, typed

STAGES = ("pilot", "standard_practice", "policy")
FAITHFUL = {"pilot": (5, 3), "standard_practice": (9, 3), "policy": (8, 3)}
"""Stage → the two parameters of the beta distribution that fidelity is drawn from."""


def adoptions(seed: int) -> pd.DataFrame:
    """One row per site and stage, from adoption_plan.csv: a stage ends the day before the next one starts."""
    rng = generator(seed, "adoptions")
    rows = []
    for number, plan in enumerate(listed("adoption_plan"), start=1):
        dates = [(stage, pd.Timestamp(plan[stage])) for stage in STAGES if plan[stage]]
        ends = [day - pd.Timedelta(days=1) for _, day in dates[1:]] + [pd.Timestamp(plan["ended"] or "NaT")]
        eligible, share = int(plan["eligible"]), float(plan["share"])
        for step, ((stage, start), end) in enumerate(zip(dates, ends, strict=True)):
            growing = share * (0.6 + 0.4 * (step + 1) / len(dates))
            about = {"adoption_id": f"{number:02d}-{stage.replace('_', '-')}", "stage": stage}
            about |= {name: plan[name] for name in ("practice_id", "partner_id", "site")}
            numbers = {"eligible": eligible, "reached": int(rng.binomial(eligible, min(growing, 1.0)))}
            seen = round(float(rng.beta(*FAITHFUL[stage])), 2) if rng.random() < 0.8 else np.nan
            rows.append(about | numbers | {"fidelity": seen, "valid_from": start, "valid_until": end})
    return typed("adoptions", pd.DataFrame(rows))


def grant_partners() -> pd.DataFrame:
    """Whose agreement each grant asks for; the partner's officer has to sign."""
    frame = pd.DataFrame(listed("grant_partners"), dtype="object").replace({"": None})
    frame["signatory"] = frame["partner_id"].map({partner: name for partner, (name, _) in officers().items()})
    return typed("grant_partners", frame)
