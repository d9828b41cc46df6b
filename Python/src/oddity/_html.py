"""What notebooks show."""

import html

from oddity._model import Model


def detector_page(text: str, model: Model | None) -> str:
    """A detector with its parameters, and what it has learned."""
    heading = f"<code>{html.escape(text)}</code>"
    if model is None:
        return f"<div>{heading} <em>not fitted</em></div>"
    card = html.escape("\n".join(model.describe()["card"]))
    return f"<details><summary>{heading}</summary><pre>{card}</pre></details>"
