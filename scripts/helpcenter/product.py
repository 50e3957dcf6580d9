"""The product behind the help center: names, languages, domains and channels.

Source: docs/_data/product.yml, the only place where brand and addresses are written.
"""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    HttpUrl,
    ValidationInfo,
    field_validator,
)

from helpcenter import yamlfile
from helpcenter.problems import Problem
from helpcenter.project import Project


def _in_every_language(value: dict[str, str], info: ValidationInfo) -> dict[str, str]:
    languages = (info.context or {}).get("languages", ())
    missing = [code for code in languages if not value.get(code, "").strip()]
    if missing:
        raise ValueError(f"the text is missing in {', '.join(missing)}")
    unknown = sorted(set(value) - set(languages))
    if unknown:
        raise ValueError(f"{', '.join(unknown)} is not a language of product.yml")
    return value


# A text in each language of the site, by language code.
Localized = Annotated[dict[str, str], AfterValidator(_in_every_language)]


class DataModel(BaseModel):
    """The base of all data files: unknown fields are errors, values cannot change."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Language(DataModel):
    """A language of the site: `code` names its folder, `tag` is its BCP 47 tag in HTML."""

    code: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
    tag: str
    name: str


class Busy(DataModel):
    """The facts that state when a channel is busiest, and how fast it answers then."""

    hours: str
    reply: str


class Channel(DataModel):
    """A way to reach support.

    `reply` and `hours` name the facts that state how fast it answers and when it is open.
    """

    id: str
    kind: Literal["web", "app", "email", "post", "phone"]
    address: str | Localized
    name: Localized
    use: Localized
    reply: str | None = None
    hours: str | None = None
    busy: Busy | None = None

    @property
    def fact_names(self) -> tuple[str, ...]:
        """Return the names of the facts it refers to."""
        busy = (self.busy.hours, self.busy.reply) if self.busy else ()
        return tuple(name for name in (self.reply, self.hours, *busy) if name is not None)

    def address_in(self, language: str) -> str:
        """Return the address as written in `language`."""
        return self.address if isinstance(self.address, str) else self.address[language]


class Security(DataModel):
    """Where to report a weakness of the site, and the page that says how it is handled."""

    contact: Annotated[str, Field(pattern=r"^(?:mailto:[^@\s]+@[^@\s]+|https://\S+)$")]
    policy: str


class Product(DataModel):
    """Everything of product.yml."""

    name: Localized
    site_name: Localized
    tagline: Localized
    company: Localized
    app: Localized
    site_url: HttpUrl
    languages: Annotated[tuple[Language, ...], Field(min_length=1)]
    official_domains: tuple[str, ...]
    channels: Annotated[tuple[Channel, ...], Field(min_length=1)]
    security: Security

    @field_validator("channels")
    @classmethod
    def _lead_to_us(cls, value: tuple[Channel, ...], info: ValidationInfo) -> tuple[Channel, ...]:
        domains = info.data.get("official_domains", ())
        for channel in value:
            parts = urlsplit(str(channel.address)) if channel.kind == "web" else None
            if parts and (parts.scheme != "https" or parts.netloc not in domains):
                raise ValueError(f"{channel.id} does not lead to an https address of ours")
        return value

    @property
    def source_language(self) -> str:
        """Return the code of the language that the others are compared with."""
        return self.languages[0].code

    @property
    def language_codes(self) -> tuple[str, ...]:
        """Return the codes of all languages, the source first."""
        return tuple(language.code for language in self.languages)

    def tag(self, code: str) -> str:
        """Return the BCP 47 tag of a language: what `lang` and `hreflang` hold."""
        return next(language.tag for language in self.languages if language.code == code)

    def values(self, language: str) -> dict[str, str]:
        """Return what pages may refer to as `{{ product.… }}`."""
        return {
            "product.name": self.name[language],
            "product.app": self.app[language],
            "product.company": self.company[language],
            "product.site": self.site_url.host or "",
        }


class _Languages(BaseModel):
    model_config = ConfigDict(extra="ignore")
    languages: tuple[Language, ...]


def load_product(project: Project) -> tuple[Product | None, list[Problem]]:
    """Read product.yml; its own languages say which translations its texts need."""
    path = project.data / "product.yml"
    languages, problems = yamlfile.load(path, _Languages, project=project)
    if languages is None:
        return None, problems
    context = {"languages": tuple(language.code for language in languages.languages)}
    return yamlfile.load(path, Product, project=project, context=context)
