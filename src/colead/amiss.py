"""Amiss: what a reading shows that a person may say is wrong, and the correction that this would be."""

from __future__ import annotations

from dataclasses import dataclass

from colead.correction import Correction, Kind
from colead.partner import Partner
from colead.reading import Reading
from colead.touch import FileTouch, Touch


@dataclass(frozen=True)
class Shown:
    """Something that a reading shows and that may be wrong."""

    repository: str
    names: tuple[str, ...]  # what people may call it, the shown name first
    said: Correction  # without the spec, the reason and the day

    def called(self, several: bool) -> set[str]:
        """Its names in small letters; of several repositories also with the repository's."""
        more = (f"{name} ({self.repository})" for name in self.names) if several else ()
        return {name.casefold() for name in (*self.names, *more) if name}


def of_touch(one: Touch) -> Shown:
    """A touched part."""
    names = (one.name, one.component, one.probability.evidence)
    return Shown(one.repository, names, Correction(Kind.WRONG, one.component or one.name, words=one.words))


def correctable(one: Partner) -> bool:
    """Whether both parts lie in one repository, so that one corrections file can name them."""
    return one.code == "P01"


def of_partner(one: Partner, reading: Reading) -> Shown:
    """A partner beside its touched part; the number of the question about it names it, too."""
    said = Correction(Kind.PARTNER, one.component or one.name, one.of or one.of_name)
    asked = [(question.code, question.ask) for question in reading.questions]
    number = str(asked.index((one.code, one.ask)) + 1) if (one.code, one.ask) in asked else ""
    return Shown(one.repository, (one.name, one.component, number, one.together.evidence), said)


def of_file(one: FileTouch) -> Shown:
    """A likely file."""
    return Shown(one.repository, (one.path,), Correction(Kind.WRONG, one.path, words=one.words))


def shows(reading: Reading) -> list[Shown]:
    """The touches, partners and files of a reading, each once."""
    parts = [of_touch(one.touch) for one in reading.touches]
    parts += [of_partner(one, reading) for one in reading.partners if correctable(one)]
    inside = (file for one in reading.touches for file in one.touch.files)
    files = {(one.repository, one.path): of_file(one) for one in (*reading.files, *inside)}
    taken = {(one.repository, one.said.part) for one in parts}
    return parts + [one for key, one in files.items() if key not in taken]
