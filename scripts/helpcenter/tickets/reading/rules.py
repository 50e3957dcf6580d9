"""Turn the taxonomy and a mapping's exclusions into look-up tables inside the engine.

Knows nothing of files. A category is its position in the taxonomy, so that the smallest is
the first whose rule a ticket meets; EXCLUDED is smaller than all of them.

Phrases are looked for in labels that are, as a whole, no tag and no value. In a label, from left
to right, the longest known word is taken, then the next after its end: forward maximum matching,
the classical way to part Chinese words (Liang, "书面汉语的自动分词与一个自动分词系统", 1984).
Known are the phrases of all categories and the taxonomy's other words; a phrase counts where it
is taken as a word.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from helpcenter.faq.taxonomy import Taxonomy
from helpcenter.tickets.common.engine import Engine
from helpcenter.tickets.exports.source import SourceFile
from helpcenter.tickets.reading.folding import FOLD

EXCLUDED: Final = -1

# SQL: in_tags(text), in_topics(texts) and in_status(text) are the category a field is in, or NULL;
# in_tag_phrases(text) and in_topic_phrases(text) the first one a phrase of which is in a label.
RULES: Final = f"""
{FOLD}
-- A phrase without punctuation is a tag as a whole and word by word: exports differ in that.
CREATE MACRO tag_terms(text) AS CASE
  WHEN regexp_matches(text, '[\\[,;|、，；\\n]') THEN fold_list(text)
  ELSE list_append(fold_words(text), fold(text)) END;
CREATE MACRO topic_term(text) AS CASE
  WHEN starts_with(text, '[') THEN fold_list(text) ELSE [fold(text)] END;
-- Of a list, each label stands on a line of its own.
CREATE MACRO topic_terms(text) AS CASE WHEN starts_with(text, chr(10))
  THEN flatten(list_transform(string_split(text, chr(10)), lambda line: topic_term(line)))
  ELSE topic_term(text) END;
CREATE MACRO in_tags(text) AS
  list_min(list_transform(tag_terms(text), lambda term: getvariable('tags')[term]));
CREATE MACRO in_topics(terms) AS
  list_min(list_transform(terms, lambda term: getvariable('topic')[term]));
CREATE MACRO in_status(text) AS getvariable('status')[fold(text)];
CREATE MACRO in_label(label) AS list_min(list_transform(
  regexp_extract_all(spaced(label), getvariable('known_words')),
  lambda word: getvariable('phrases')[word]));
CREATE MACRO in_phrases(text, terms, rules) AS CASE
  -- A quick look first, because few labels hold a phrase.
  WHEN NOT regexp_matches(plain(text), getvariable('phrase_hint')) THEN NULL
  -- No pattern within a lambda: DuckDB 2.0 would compile it for every batch of rows.
  WHEN regexp_matches(text, '[\\[,;|、，；\\n]') THEN in_label(array_to_string(
    list_filter(labels(text), lambda label: rules[translate(label, ' _-\t\r', '')] IS NULL),
    chr(10)))
  WHEN list_min(list_transform(terms, lambda term: rules[term])) IS NULL THEN in_label(plain(text))
  END;
CREATE MACRO in_tag_phrases(text) AS in_phrases(text, tag_terms(text), getvariable('tags'));
CREATE MACRO in_topic_phrases(text) AS in_phrases(text, topic_terms(text), getvariable('topic'));
"""


def install(engine: Engine, taxonomy: Taxonomy, mapping: SourceFile) -> None:
    """Set the variables the macros look things up in.

    `tags`, `topic` and `status` are maps from a folded term to a category, `phrases` is one from
    a phrase; `known_words` is a regular expression of all words, the longest first.
    """
    engine.run(
        "CREATE OR REPLACE TEMP TABLE rule AS SELECT field, fold(term) AS term, category "
        "FROM (SELECT unnest(?) AS field, unnest(?) AS term, unnest(?) AS category)",
        list(zip(*_rules(taxonomy, mapping), strict=True)),
    )
    for field in ("tags", "topic", "status"):
        engine.run(
            f"SET VARIABLE {field} = (SELECT map(list(term), list(category)) FROM ("
            "SELECT term, min(category) AS category FROM rule "
            f"WHERE field = '{field}' GROUP BY term))"
        )
    _install_phrases(engine, taxonomy)


def _install_phrases(engine: Engine, taxonomy: Taxonomy) -> None:
    phrases = [
        (phrase, position)
        for position, category in enumerate(taxonomy.categories)
        for phrase in category.phrases
    ]
    engine.run(
        "CREATE OR REPLACE TEMP TABLE phrase AS SELECT known_word(word) AS word, category "
        "FROM (SELECT unnest(?::VARCHAR[]) AS word, unnest(?::INTEGER[]) AS category)",
        [[phrase for phrase, _ in phrases], [position for _, position in phrases]],
    )
    engine.run(
        "SET VARIABLE phrases = (SELECT coalesce(map(list(word), list(category)), "
        "MAP {}::MAP(VARCHAR, INTEGER)) FROM (SELECT word, min(category) AS category "
        "FROM phrase GROUP BY word))"
    )
    # Words hold letters, digits and spaces only: nothing in them means anything to a pattern.
    engine.run(
        "SET VARIABLE known_words = (SELECT string_agg(word, '|' ORDER BY length(word) DESC, word) "
        "FROM (SELECT known_word(unnest(?::VARCHAR[])) AS word UNION SELECT word FROM phrase))",
        [list(taxonomy.words)],
    )
    engine.run(
        "SET VARIABLE phrase_hint = (SELECT string_agg(DISTINCT trim(word[:3]), '|') FROM phrase)"
    )


def _rules(taxonomy: Taxonomy, mapping: SourceFile) -> Iterator[tuple[str, str, int]]:
    for position, category in enumerate(taxonomy.categories):
        yield from (("tags", term, position) for term in category.tags)
        yield from (("topic", term, position) for term in category.values)
    yield from (("tags", term, EXCLUDED) for term in mapping.exclude.tags)
    yield from (("topic", term, EXCLUDED) for term in mapping.exclude.topic)
    yield from (("status", term, EXCLUDED) for term in mapping.exclude.status)
