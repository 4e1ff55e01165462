"""A chart's SVG → the same picture without scripts, links to elsewhere, comments or dates."""

import re
from xml.etree import ElementTree

from alignkit.errors import BookError

_NAMESPACES = {"": "http://www.w3.org/2000/svg", "xlink": "http://www.w3.org/1999/xlink"}
_DROPPED = {"script", "foreignObject", "metadata", "iframe", "handler", "set", "animate"}
_ELSEWHERE = re.compile(r"url\(\s*['\"]?(?!#)", re.IGNORECASE)


def clean(svg: str, where: str) -> str:
    """The picture's own marks and text only; raises `BookError` where it is not SVG."""
    for prefix, uri in _NAMESPACES.items():
        ElementTree.register_namespace(prefix, uri)
    try:
        root = ElementTree.fromstring(svg)
    except ElementTree.ParseError as error:
        cure = "draw it with charts.own, or one of the standard charts"
        raise BookError(f"the picture is not SVG: {error}", where=where, cure=cure) from None
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag.rpartition("}")[2] in _DROPPED:
                parent.remove(child)
        for name, value in list(parent.attrib.items()):
            if _active(name.rpartition("}")[2].lower(), value):
                del parent.attrib[name]
    return ElementTree.tostring(root, encoding="unicode") + "\n"


def _active(name: str, value: str) -> bool:
    if name == "href":
        return not value.startswith(("#", "data:image/png;base64,"))
    return name.startswith("on") or bool(_ELSEWHERE.search(value))
