"""What a notebook's function uses besides what it is given."""

from textwrap import dedent

import pandas as pd
import pytest

from alignkit.chapters.outcome import series
from alignkit.disclosure.published import Published
from alignkit.disclosure.reaches import foreign_data

IMPORTS = """
import functools, math
from functools import partial
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import seaborn as sns
"""


def notebook(cells: str, **there) -> dict:
    """The names of a notebook after its cells have run."""
    scope = {"__name__": "__main__", **there}
    exec(dedent(IMPORTS) + dedent(cells), scope)
    return scope


SLIPS = {
    "a frame in a cell above": ("values = pd.DataFrame({'n': [3]})\ndef f(rows): return values", ["values"]),
    "a column of it": ("values = pd.Series([3])\nf = lambda rows: values.sum()", ["values"]),
    "an array": ("values = np.array([3])\nf = lambda rows: values", ["values"]),
    "a list of numbers": ("values = [3, 4]\nf = lambda rows: values", ["values"]),
    "a list of dicts": ("values = [{'group': 'a', 'n': 3}]\nf = lambda rows: values", ["values"]),
    "numbers by group": ("values = {'a': 3}\nf = lambda rows: values['a']", ["values"]),
    "a number that pandas computed": ("n = pd.Series([3]).sum()\nf = lambda rows: n", ["n"]),
    "a default argument": ("values = pd.Series([3])\ndef f(rows, extra=values): return extra", ["extra"]),
    "a keyword's default": ("values = [3]\ndef f(rows, *, extra=values): return extra", ["extra"]),
    "a partial's argument": ("values = [3]\nf = partial(lambda n, rows: n, values)", ["argument 1 of partial"]),
    "a partial's keyword": ("values = [3]\nf = partial(lambda rows, n: n, n=values)", ["n"]),
    "a closure": ("def make(values):\n  return lambda rows: values\nf = make(pd.Series([3]))", ["values"]),
    "a function within": ("values = [3]\ndef f(rows):\n  def g(): return values\n  return g()", ["values"]),
    "a comprehension": ("values = [3]\nf = lambda rows: [v for v in values]", ["values"]),
    "another function of the notebook": ("values = [3]\ndef g(): return values\ndef f(rows): return g()", ["values"]),
    "a function it is handed on": ("values = [3]\ndef g(): return values\nf = lambda rows: map(g, rows)", ["values"]),
    "a cached one": ("values = [3]\n@functools.cache\ndef g(): return values\nf = lambda rows: g()", ["values"]),
    "a class": ("values = [3]\nclass G:\n  def n(self): return values\nf = lambda rows: G().n()", ["values"]),
    "an object of its own": ("class G: n = 3\ng = G()\nf = lambda rows: g.n", ["g"]),
    "a method of a frame": ("f = pd.DataFrame({'n': [3]}).merge", ["the function"]),
    "a generator": ("values = (n for n in [3])\nf = lambda rows: list(values)", ["values"]),
    "groups": ("by = pd.DataFrame({'g': [1]}).groupby('g')\nf = lambda rows: by.size()", ["by"]),
    "a text that is a table": ("values = pd.Series(range(200)).to_csv()\nf = lambda rows: values", ["values"]),
    "many texts": ("names = [f'{n}' for n in range(99)]\nf = lambda rows: names", ["names"]),
    "a file": ("f = lambda rows: open('children.csv')", ["open"]),
    "a file that pandas reads": ("f = lambda rows: pd.read_csv('children.csv')", ["read_csv"]),
    "under another name": ("from pandas import read_csv as r\nf = lambda rows: r('children.csv')", ["read_csv"]),
    "another cycle": ("from alignkit import open_cycle\nf = lambda rows: open_cycle('a', '2026-Q3')", ["open_cycle"]),
    "tables that are kept": ("from alignkit.snapshot import load\nf = lambda rows: load(rows, 'a')", ["load"]),
    "the last book's tables": ("from alignkit import last_book as b\nf = lambda r: b.kept(r)", ["alignkit.last_book"]),
    "a class that reads them": ("from alignkit.last_book import Kept\nf = lambda rows: Kept(rows)", ["Kept"]),
    "an import within": ("def f(rows):\n  from alignkit.snapshot import load\n  return load", ["alignkit.snapshot"]),
    "two of them": ("a, b = [1], pd.Series([2])\nf = lambda rows: (a, b)", ["a", "b"]),
}  # fmt: skip


@pytest.mark.parametrize(("cells", "found"), SLIPS.values(), ids=SLIPS)
def test_slips_are_named(cells, found):
    assert foreign_data(notebook(cells)["f"]) == found


HONEST = {
    "its arguments": "def f(rows, axes): sns.lineplot(rows, x='period_start', y='value', ax=axes)",
    "numbers in its own code": "def f(rows): return rows.value.clip(0, 100) * np.array([1, 2]).sum() + math.pi",
    "a goal": "goal, by = 55.0, pd.Timestamp('2030-06-30')\nf = lambda rows: (goal, by)",
    "a column with a name in use": "value = pd.Series([3])\nf = lambda rows: rows.value",
    "a local with a name in use": "value = pd.Series([3])\ndef f(rows):\n  value = rows.value\n  return value",
    "colors by group": "colors = {'a': '#0072B2', 'b': 'red'}\nf = lambda rows: colors",
    "an order": "order = ['Lower', 'Higher']\nf = lambda rows: sns.barplot(rows, order=order)",
    "a palette": "colors = sns.color_palette('deep')\nf = lambda rows: colors",
    "a library's functions": "from numpy import mean, sqrt\nf = lambda rows: mean(sqrt(rows)) + math.sqrt(2)",
    "a partial with settings": "f = partial(sns.lineplot, x='period_start', y='value', color='red')",
    "its own helper": "def g(axes): axes.set_xlim(0, 100)\ndef f(rows, axes): g(axes)",
    "itself": "def f(rows): return f(rows) if len(rows) else rows",
    "its own class": "class G:\n  n = 1\n  @property\n  def m(self): return self.n\nf = lambda rows: G().m",
}


@pytest.mark.parametrize("cells", HONEST.values(), ids=HONEST)
def test_honest_functions_pass(cells):
    assert foreign_data(notebook(cells)["f"]) == []


def test_what_was_published_and_the_open_cycle_have_to_be_given():
    p = Published("x", "", "q", (), False, "en", pd.DataFrame())
    scope = notebook("f = lambda rows: (p.shown, c.table('students'))", p=p, c=object())
    assert foreign_data(scope["f"]) == ["p", "c"]


def test_alignkits_own_functions_may_use_constants_of_their_modules():
    assert foreign_data(series.short_of_target) == []


def test_code_without_a_module_is_the_notebooks_own():
    scope = {"rows": pd.DataFrame({"n": [3]})}
    exec("def draw(shown, axes):\n    axes.plot(rows)", scope)
    assert scope["draw"].__module__ is None
    assert foreign_data(scope["draw"]) == ["rows"]
