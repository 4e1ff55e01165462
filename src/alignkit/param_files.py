"""A parameter file (YAML) → a model, or what is wrong with it: on which line, and the key that was probably meant."""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import YAMLError

from alignkit.errors import ParamsError
from alignkit.param_words import said, yaml_said

P = TypeVar("P", bound=BaseModel)


def load(model: type[P], path: Path, **given: Any) -> P:
    """The file at `path` as a `model`; `given` are values that do not stand in it.

    Raises `ParamsError`, which tells all that is wrong at once.
    """
    values, lines = _read(path)
    try:
        return model.model_validate({**given, **values})
    except ValidationError as error:
        # what is left out because of another key is no second problem
        items = [item for item in error.errors() if item["type"] != "default_factory_not_called"]
        problems = [_problem(model, item, lines) for item in items]
    wrong = ParamsError("; ".join(problems), where=str(path), cure="correct those lines and run again")
    wrong.count = len(problems)
    raise wrong


def readable(model: type[P], path: Path, **given: Any) -> P | None:
    """The file at `path` as a `model` without the keys that are wrong; None where too little is left.

    For a check that wants to look further than a first fault; a run uses `load`.
    """
    try:
        values, _lines = _read(path)
        wrong = set[str]()
        try:
            return model.model_validate({**given, **values})
        except ValidationError as error:
            wrong = {str(item["loc"][0]) for item in error.errors() if item["loc"]}
        return model.model_validate({**given, **{key: value for key, value in values.items() if key not in wrong}})
    except (OSError, ParamsError, ValidationError):
        return None


def _read(path: Path) -> tuple[dict[str, Any], dict[str, int]]:
    """The file's values, and the line on which each key stands."""
    try:
        loaded = YAML(typ="rt").load(path.read_text(encoding="utf-8-sig"))
    except YAMLError as error:
        raise _not_yaml(error, path) from None
    except UnicodeDecodeError:
        raise ParamsError("the file is not UTF-8 text", where=str(path), cure="save it as UTF-8") from None
    except ValueError:  # such as the 45th of a month; ruamel does not say where
        what = "a day in it is in no calendar, or a number is no number"
        raise ParamsError(what, where=str(path), cure="write days like 2026-09-30, other texts in quotes") from None
    if not isinstance(loaded, CommentedMap):
        raise ParamsError("the file holds no 'name: value' lines", where=str(path), cure="see params/riverbend/")
    return _plain(loaded), {str(key): loaded.lc.key(key)[0] + 1 for key in loaded}


def _not_yaml(error: YAMLError, path: Path) -> ParamsError:
    mark, problem = getattr(error, "problem_mark", None), str(getattr(error, "problem", None) or error)
    where = f"{path}:{mark.line + 1}" if mark else str(path)
    if twice := re.match(r'found duplicate key "(.*?)" with', problem):  # what follows quotes both values
        return ParamsError(f"the key '{twice[1]}' stands there twice", where=where, cure="keep one of the two")
    what, cure = yaml_said(problem)
    cure = "indent with spaces, never with tabs" if "\\t" in problem else cure
    return ParamsError(f"this is not YAML: {what}", where=where, cure=cure)


def _plain(value: Any) -> Any:
    """ruamel's round-trip containers and scalars → plain Python."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    for kind in (bool, int, float, str):
        if isinstance(value, kind):
            return kind(value)
    return value


def _problem(model: type[BaseModel], item: Any, lines: Mapping[str, int]) -> str:
    where = ".".join(str(part) for part in item["loc"])
    line = lines.get(str(item["loc"][0])) if item["loc"] else None
    at = f"line {line}: " if line else ""
    if item["type"] == "extra_forbidden":
        inner = _holding(model, str(item["loc"][-1])) if len(item["loc"]) == 1 else ""
        if inner:
            return f"{at}unknown key '{where}': it belongs to {inner}, so indent it below {inner}"
        near = get_close_matches(str(item["loc"][-1]), _known(model, item["loc"][:-1]), n=1, cutoff=0.5)
        return f"{at}unknown key '{where}'" + (f" (did you mean '{near[0]}'?)" if near else "")
    if item["type"] == "missing":
        return f"{at}'{where}' is missing"
    return f"{at}{where + ': ' if where else ''}{said(item)}"


def _holding(model: type[BaseModel], key: str) -> str:
    """The key of `model` whose own lines may have this key."""
    for name, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel) and key in kind.model_fields:
            return name
    return ""


def _known(model: type[BaseModel], path: tuple[Any, ...]) -> list[str]:
    """The keys that are valid at `path` inside `model`."""
    for part in path:
        inner = model.model_fields.get(str(part))
        kinds = [] if inner is None else [inner.annotation, *getattr(inner.annotation, "__args__", ())]
        models = [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)]
        if not models:
            continue
        model = models[0]
    return list(model.model_fields)
