"""How a rule refuses options: one code with its words in the catalogue, so that a scheme file can point at the spot."""

from pydantic_core import PydanticCustomError

from baton.words.catalogue import Language, text


def refusal(code: str, **params: object) -> PydanticCustomError:
    """Make the error of a validator: type `rule_<code>`, the catalogue's English sentence, the parameters as texts."""
    words = {name: str(value) for name, value in params.items()}
    sentence = text(f"engine.rule_{code}", Language.ENGLISH, **words)
    return PydanticCustomError(f"rule_{code}", sentence, words)
