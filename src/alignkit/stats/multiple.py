"""Several tests looked at together."""

import numpy as np
import numpy.typing as npt
from statsmodels.stats.multitest import multipletests

Array = npt.NDArray[np.float64]


def benjamini_hochberg(p: npt.ArrayLike) -> Array:
    """Adjusted p-values that control the false discovery rate (Benjamini and Hochberg 1995).

    A test that could not be made (NaN) counts as one that found nothing (1): leaving it out would make the
    others look better the less is known.
    """
    values = np.asarray(p, float)
    if values.size == 0:
        return values
    return np.asarray(multipletests(np.where(np.isnan(values), 1.0, values), method="fdr_bh")[1], float)


def holm(p: npt.ArrayLike) -> Array:
    """Adjusted p-values that control the chance of any false finding (Holm 1979).

    A test that could not be made (NaN) counts as one that found nothing, as above.
    """
    values = np.asarray(p, float)
    if values.size == 0:
        return values
    return np.asarray(multipletests(np.where(np.isnan(values), 1.0, values), method="holm")[1], float)
