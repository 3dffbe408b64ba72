"""Words that a guide may not hold: numbers of services, HTML, official airs, misspelt names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.front_matter import Document
from site_builder.problems import Problem

_MONTHS = "janv|févr|mars|avri|mai|juin|juil|août|sept|octo|nove|déce"
_NOT_DIALLED = (
    rf"(?![\d€%]|[ .,-]\d|[ \u00a0\u202f](?:€|euros?|ans?|heures?|jours?|mois|{_MONTHS}))"
)


def _words(*patterns: str) -> str:
    """Any of these, from the beginning of a word; each starts with a plain letter or digit.

    The word boundary is looked at after that letter: where every choice begins with a plain one,
    `re` skips fast to the next of them, which makes the rules three times faster.
    """
    return "|".join(rf"{each[0]}(?<!\w{each[0]}){each[1:]}" for each in patterns)


# What stands before the first sign, for the same reason looked at after it.
_ALONE = r"(?<![\d.,/-].)"
# Numbers as people write them: 01 23 45 67 89, +33…, 0 800 12 34 56, 116 006, 39 19, 3919.
_PHONE = re.compile(
    rf"(?:\+{_ALONE}33[ .]?[1-9](?:[ .-]?\d\d){{4}}|0{_ALONE}033[ .]?[1-9](?:[ .-]?\d\d){{4}}"
    rf"|0{_ALONE}[1-9](?:[ .-]?\d\d){{4}}|0{_ALONE}[ .]8\d\d[ .]\d{{2,3}}[ .]\d{{2,3}}(?:[ .]\d\d)?"
    rf"|1{_ALONE}1[6-8][ .]?\d{{3}}|3{_ALONE}\d[ .]?\d\d)" + _NOT_DIALLED
)
# 17, 15, 112… only where the sentence dials them: « appelez le 17 », « un SMS au 114 ».
_DIALS = ("Appele[zr]", "appele[zr]", "Compose[zr]", "compose[zr]", "Faites", "faites", "au")
_URGENT = re.compile(
    rf"(?:{_words(*_DIALS, 'Le', 'le')}) (?:le )?(1[578]|11[2459]|196)\b" + _NOT_DIALLED
)
# A tag may go on over several lines: its beginning is enough.
_HTML = re.compile(r"<[/!?]?[a-zA-Z-]")
# Also Markdown’s own attributes, `{ onclick=… }`, with or without a colon.
_TEMPLATE = re.compile(r"\{")
_IMITATIONS = re.compile(
    _words(
        r"Marianne\b",
        r"Liberté,? [ÉE]galité,? Fraternité\b",
        r"site officiel de l’État\b",
        r"notre récépissé\b",
    )
)
_SPELLINGS = {
    "THESEE": (r"Th[ée]s[ée]e\b",),
    "PHAROS": (r"Pharos\b",),
    "Perceval": (r"PERCEVAL\b",),
    "FranceConnect": (r"France[ -]Connect\b", r"Franceconnect\b"),
    "17Cyber": (r"17 ?[cC]yber\b(?<!17Cyber)",),
    "visioplainte": (r"Visio-plainte\b", r"visio-plainte\b"),
    "Info Escroqueries": (r"Info-[Ee]scroquerie\b", r"info-[Ee]scroquerie\b"),
}
_TO_WRITE = "il reste du texte à écrire"
_UNWRITTEN = re.compile("À ÉCRIRE|" + _words(r"TODO\b", r"XXX\b"))
# (what is looked for, what is said of it, what to do)
_RULES = (
    (_HTML, "HTML dans le texte", "écrivez-le en Markdown"),
    (_TEMPLATE, "accolade dans le texte", "écrivez du texte simple"),
    (_UNWRITTEN, _TO_WRITE, "complétez"),
    (_IMITATIONS, "« {} » nous ferait passer pour l’État", "reformulez"),
    *(
        (re.compile(_words(*wrong)), f"« {{}} » s’écrit « {right} »", "corrigez")
        for right, wrong in _SPELLINGS.items()
    ),
)
_MARKERS = re.compile(r"\[\[[^\]\n]*\]\]")


def numbers_in(text: str) -> list[str]:
    """The numbers that a person could dial, as they are written."""
    return [*_PHONE.findall(text), *_URGENT.findall(text)]


def check_wording(document: Document) -> Iterator[Problem]:
    """Problems of the words of the body, line by line; and what `reperes new` left to write."""
    for number, line in enumerate(document.head.split("\n"), 2):
        if _UNWRITTEN.search(line):
            yield Problem(document.path, number, _TO_WRITE, "complétez", is_unfinished=True)
    # Most texts break no rule: asking each rule once for the whole text is ten times faster.
    body = _MARKERS.sub("", document.body)
    rules = [rule for rule in _RULES if rule[0].search(body)]
    has_numbers = bool(numbers_in(body))
    lines = body.split("\n") if rules or has_numbers else ()
    for number, text in enumerate(lines, document.body_line):
        for found in numbers_in(text) if has_numbers else ():
            message = f"numéro écrit dans le texte « {found} »"
            hint = "mettez-le dans content/contacts.yaml et écrivez [[clé]]"
            yield Problem(document.path, number, message, hint)
        for pattern, message, hint in rules:
            if found_text := pattern.search(text):
                said = message.format(found_text[0])
                unfinished = message == _TO_WRITE
                yield Problem(document.path, number, said, hint, is_unfinished=unfinished)
