"""Our own site and the questions of tests/cases/search as a corpus to measure."""

from __future__ import annotations

import datetime
from pathlib import Path

from pydantic import RootModel

from helpcenter import yamlfile
from helpcenter.glossary import Glossary
from helpcenter.problems import Problem
from helpcenter.product import load_product
from helpcenter.project import Project
from helpcenter.search import built, lexicon
from helpcenter.search.corpus import Corpus, Question
from helpcenter.site_context import load_site

_NOT_BUILT = "build the site first: mkdocs build"


class _Questions(RootModel[tuple[Question, ...]]):
    """A file of questions of one language."""


def corpus_of(
    project: Project, folder: Path, as_of: datetime.date
) -> tuple[Corpus | None, list[Problem]]:
    """Read the site of `project` as built to `folder`, and its questions."""
    site, problems = load_site(project, as_of)
    if site is None:
        return None, problems
    if not (folder / "index.html").is_file():
        return None, [Problem(str(folder), 1, "file-missing", "no site is built here", _NOT_BUILT)]
    documents, questions = {}, {}
    for language in site.product.language_codes:
        path = project.root / "tests" / "cases" / "search" / f"{language}.yml"
        found, more = yamlfile.load(path, _Questions, project=project)
        problems += more
        documents[language] = tuple(built.documents(site, folder, language))
        if found is not None:
            each = (question.model_copy(update={"lang": language}) for question in found.root)
            questions[language] = tuple(each)
    return Corpus(documents, questions), problems


def words(project: Project, path: Path) -> tuple[lexicon.Lexicon, list[Problem]]:
    """Read the words of a glossary in the languages of the project."""
    product, problems = load_product(project)
    languages = product.language_codes if product else ()
    glossary, more = yamlfile.load(
        path, Glossary, project=project, context={"languages": languages}
    )
    return (lexicon.from_glossary(glossary) if glossary else ()), problems + more
