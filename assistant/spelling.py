"""Repair misspelt words of a question for the search, from the words that the corpus uses. Pure; alone in naming rapidfuzz.

A word is left alone when it or another form of it is known, when it is short or capitalised within a sentence (a name), and
when no single word is clearly nearest by slips that fingers make.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable

from assistant.language import stems

SHORTEST, TWICE = 5, 9
"""A shorter word has too many neighbours; from the second length on two slips are forgiven, below it one."""

LEAST = 3
"""A shorter word says nothing about whether the corpus speaks of its matter."""

COMMON = 4
"""A word of stored questions is a target only when it stands there so often and is a word of the language."""

CLEAR = 4
"""Of two words that are equally near, the one that is at least so many times as frequent is meant; else neither."""

_WORD = re.compile(r"[^\W\d_]+")
_START = re.compile(r"(?:^|[.?!:;]\s+|[\"“«(\[])\W*$")
_ROWS = (("qwertyuiop", 0.0), ("asdfghjkl", 0.3), ("zxcvbnm", 0.8))
_PLACES = {key: (row, column + shift) for row, (keys, shift) in enumerate(_ROWS) for column, key in enumerate(keys)}
_SOUNDS = frozenset(("vf", "fp", "vp", "zs", "zj", "iy", "kq", "ck", "ou", "ei"))


class Spelling:
    """The words of a corpus, and which of them a misspelt word means."""

    def __init__(
        self,
        texts: Iterable[str] = (),
        *,
        asked: Iterable[str] = (),
        names: Iterable[str] = (),
        forms: Iterable[str] = (),
        language: Collection[str] = frozenset(),
        spoken: Collection[str] = frozenset(),
    ) -> None:
        """Learn the words.

        `texts` (documents) and `names` (terms, places) hold what may be meant; `asked` (stored questions) too where the word
        is one of `language`, since they hold slips. `forms` and `language` are only known to be right. `spoken` are all words
        that the language may use, names and borrowed ones too, in lower case.
        """
        written = Counter(_all(texts))
        written.update(_all(names))
        said = Counter(_all(asked))
        counts = written + said
        self._known = frozenset([*counts, *_all(forms), *language])
        self._stems = frozenset(stems(" ".join([*written, *language])))
        self._spoken = frozenset(spoken)
        self._used = frozenset(stems(" ".join([*counts, *_all(forms)])))
        self._counts = {
            word: count
            for word, count in counts.items()
            if len(word) >= SHORTEST and (word in written or (count >= COMMON and word in language))
        }
        self._by_letter: dict[str, list[str]] = defaultdict(list)
        for word in self._counts:
            self._by_letter[word[0]].append(word)

    def repair(self, text: str) -> str:
        """Return `text` with its misspelt words replaced; everything else stays as it stands."""
        pieces: list[str] = []
        end = 0
        for match in _WORD.finditer(text):
            if self._is_open(match[0], text[: match.start()]) and (meant := self._nearest(match[0].lower())):
                pieces += [text[end : match.start()], meant]
                end = match.end()
        return "".join([*pieces, text[end:]])

    def foreign(self, text: str) -> tuple[str, ...]:
        """Return the content words of `text` that are spoken, yet stand in no form in a document, a stored question or a term.

        A word that is not spoken is a slip or a dialect's, and says nothing about what the question is about.
        """
        found = dict.fromkeys(word.lower() for word in _WORD.findall(text) if len(word) >= LEAST)
        return tuple(word for word in found if word in self._spoken and (own := stems(word)) and not self._used.intersection(own))

    def _is_open(self, word: str, before: str) -> bool:
        """Tell whether a word may be misspelt: long enough, no name, and unknown in every form."""
        if len(word) < SHORTEST or word.lower() in self._known:
            return False
        if word[0].isupper() and not word.isupper() and not _START.search(before):
            return False
        return not self._stems.intersection(stems(word))

    def _nearest(self, word: str) -> str:
        """Return the one word that `word` clearly stands for; empty when there is none."""
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        most = 2 if len(word) >= TWICE else 1
        # The first letter is seldom wrong, but it may have changed places with the second.
        among = [other for letter in dict.fromkeys(word[:2]) for other in self._by_letter.get(letter, ())]
        near = extract(word, among, scorer=OSA.distance, score_cutoff=most, limit=None)
        ranked = [(slips, -self._counts[other], other) for other, _, _ in near if (slips := _slips(word, other)) <= most]
        if not ranked:
            return ""
        fewest, count, best = min(ranked)
        own = set(stems(best))
        rivals = [other for slips, other, form in ranked if slips == fewest and form != best and not own & set(stems(form))]
        return best if not rivals or count <= CLEAR * min(rivals) else ""


def _all(texts: Iterable[str]) -> Iterable[str]:
    return (word for text in texts for word in _WORD.findall(text.lower()))


def _slips(typed: str, meant: str) -> int:
    """Return how many likely slips turn `meant` into `typed`; an unlikely one counts as three.

    Likely are: a letter left out, doubled or hit beside, a neighbouring key or a letter that sounds alike, two letters swapped.
    """
    before: list[int] = []
    row = list(range(len(meant) + 1))
    for i, letter in enumerate(typed, 1):
        around = typed[max(0, i - 2) : i - 1] + typed[i : i + 1]
        extra = 1 if any(letter == other or _beside(letter, other) for other in around) else 3
        older, before, row = before, row, [row[0] + extra]
        for j, other in enumerate(meant, 1):
            change = 0 if letter == other else 1 if _alike(letter, other) else 3
            row.append(min(row[j - 1] + 1, before[j] + extra, before[j - 1] + change))
            if i > 1 and j > 1 and letter == meant[j - 2] and typed[i - 2] == other and letter != other:
                row[j] = min(row[j], older[j - 2] + 1)
    return row[-1]


def _alike(one: str, other: str) -> bool:
    return one + other in _SOUNDS or other + one in _SOUNDS or _beside(one, other)


def _beside(one: str, other: str) -> bool:
    if one not in _PLACES or other not in _PLACES or one == other:
        return False
    (row, column), (to_row, to_column) = _PLACES[one], _PLACES[other]
    return abs(row - to_row) <= 1 and abs(column - to_column) <= 1
