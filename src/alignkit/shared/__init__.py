"""A notebook of one's own that holds only what it adds to a shared one, or replaces in it.

Its cell tagged `shared` is `run_shared("outcome")`. In JupyterLab and under plain Papermill that call runs the shared
notebook's cells in the open kernel. `alignkit run` puts both together before anything runs (`whole`), so that the page,
the records and the executed notebook are those of one notebook. A cell of one's own is tagged `after:ID`, `replace:ID`
or both; ID is the id of a cell of the shared notebook. Without such a tag it comes before the first shared cell tagged
`closing`, else at the end.
"""

from alignkit.shared.here import run_shared

__all__ = ["run_shared"]
