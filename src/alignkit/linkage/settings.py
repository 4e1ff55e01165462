"""What a linkage goes by: when a pair counts as one person, when somebody has to look, which pairs are compared."""

from dataclasses import dataclass

from alignkit.errors import InputError

FIELDS: dict[str, tuple[str, ...]] = {
    "first_name": ("same", "close", "alike", "exchanged", "different"),
    "middle_name": ("same", "initial", "different"),
    "last_name": ("same", "close", "part", "different"),
    "birth_date": ("same", "near", "different"),
    "sex": ("same", "different"),
    "home": ("same", "close", "postal_code", "different"),
}
"""What is compared → levels of agreement, from full to none. Race and ethnicity are left out on purpose: records of
children whose race was written down differently must have the same chance to be found."""

BLOCKS: tuple[tuple[str, ...], ...] = (
    ("birth_date",),
    ("street_address", "postal_code"),
    ("first_name", "postal_code"),
    ("first_name", "last_key"),
)
"""Pairs are compared that agree on all columns of at least one of these (`prepare` makes the columns)."""

REFINED: dict[tuple[str, ...], tuple[tuple[str, ...], ...]] = {
    ("birth_date",): (("birth_date", "last_name"), ("birth_date", "first_name", "sex")),
    ("first_name", "postal_code"): (("first_name", "postal_code", "last_key"),),
    ("first_name", "last_key"): (("first_name", "last_name", "postal_code"),),
}
"""What takes the place of a block for values that many records share: in a large city so many are born on one day that
pairs would grow with the square of the records."""


@dataclass(frozen=True)
class Settings:
    """Thresholds on the probability that a pair is one person.

    At or above `accept` a pair is linked, down to `review` a person has to look at it, below it is rejected. A pair
    whose birth dates are not both known, and at least nearly the same, is never linked by probability alone: by name
    and address, members of a household pass for each other.
    """

    accept: float = 0.95
    review: float = 0.2
    random_pairs: int = 40_000
    """How many pairs drawn at random tell how often strangers agree."""
    seed: int = 20_240

    def __post_init__(self) -> None:
        if not 0.5 < self.accept < 1 or not 0 < self.review <= self.accept:
            raise InputError(
                f"accept {self.accept} and review {self.review} are no thresholds",
                where="linkage settings",
                cure="write 0 < review <= accept < 1, and accept above 0.5",
            )
