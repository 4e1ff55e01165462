"""What a run shows, as the ledger keeps it."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from alignkit.book.assemble import is_ok
from alignkit.book.run import Manifest, notebook
from alignkit.disclosure import ledger
from alignkit.disclosure.cells import read_cells
from alignkit.params import CommunityParams
from alignkit.records import of_notebook


def shown(run: Path, manifest: Manifest, community: CommunityParams, without: Sequence[str] = ()) -> ledger.Entry:
    """A run's content as a first issue, without the chapters in `without`.

    The digest is the run's: other words in a narrative do not make another release.
    """
    ids = [entry.id for entry in manifest.chapters if is_ok(entry, without)]
    executed = {id_: notebook(run, id_) for id_ in ids}
    published = {id_: list(of_notebook(nb)) for id_, nb in executed.items() if nb is not None}
    made_of = manifest.model_dump(mode="json", exclude={"chapters": {"__all__": {"message"}}})
    digest = hashlib.sha256(json.dumps(made_of, sort_keys=True).encode()).hexdigest()
    minimum = manifest.minimum_count or community.minimum_count
    return ledger.entry(manifest.cycle, published, read_cells(run / "cells", ids), minimum, digest)
