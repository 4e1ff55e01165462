"""Charts of one's own, as an evaluator would write them in a notebook."""

import seaborn as sns

from alignkit.kit import charts
from tests.kit import chart_samples as samples

ASK = {"id": "mine", "caption": "By income", "alt": "The lowest-income fifth stays lowest."}


def by_income(**more):
    """Two groups over four years; the newest year of one is hidden."""
    rows = [
        samples.rate(k + 3 * i, 100, group=name, **samples.school_year(2020 + i))
        for name, k in (("Lowest fifth", 30), ("Highest fifth", 52))
        for i in range(3)
    ]
    rows += [samples.hidden(group="Lowest fifth", **samples.school_year(2023))]
    return samples.published(rows, "group", "period_start", **more)


def line(shown, axes):
    sns.lineplot(shown, x="period_start", y="value", hue="group", style="group", markers=True, ax=axes)


def bars(shown, axes):
    sns.barplot(shown, x="value", y="group", hue="period_start", errorbar=None, ax=axes)


def points(shown, axes):
    sns.pointplot(shown, x=shown.period_start.dt.year, y="value", hue="group", dodge=True, ax=axes)


def heat(shown, axes):
    grid = shown.pivot(index="group", columns="period_start", values="value")
    sns.heatmap(grid.rename(columns=lambda day: day.year), annot=True, fmt=".0f", cmap="Blues", ax=axes)


def histogram(shown, axes):
    sns.histplot(shown, x="numerator", hue="group", multiple="stack", ax=axes)


def jittered(shown, axes):
    sns.stripplot(shown, x="value", y="group", jitter=True, ax=axes)


def scatter(shown, axes):
    for name, rows in shown.groupby("group"):
        axes.errorbar(rows.period_start, rows.value, [rows.value - rows.low, rows.high - rows.value], label=name)
    axes.legend(title="group")
    axes.set_title("Both groups 日本", fontsize=6)
    axes.set_xticks(shown.period_start, [f"{day:%Y} 🎉" for day in shown.period_start], fontsize=5)


def panels(shown, axes):
    for one, (name, rows) in zip(axes.flat, shown.groupby("group"), strict=False):
        sns.lineplot(rows, x="period_start", y="value", ax=one)
        one.set_title(name)


def mine(draw, p=None, **more) -> None:
    charts.own(by_income() if p is None else p, draw, **(ASK | more))


KINDS = {
    "line": lambda: mine(line), "bars": lambda: mine(bars), "points": lambda: mine(points),
    "heat": lambda: mine(heat), "histogram": lambda: mine(histogram), "jittered": lambda: mine(jittered),
    "scatter": lambda: mine(scatter), "panels": lambda: mine(panels, panels=(1, 3)),
}  # fmt: skip
