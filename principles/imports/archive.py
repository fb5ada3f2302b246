"""The parts of a zipped document, opened as if it came from somebody who wishes us ill."""

import zlib
from collections.abc import Iterable
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError
from zipfile import BadZipFile, ZipFile

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _

from principles.imports.document import ImportRefused

MEMBERS = 2_000
UNPACKED = 60 * 1024 * 1024
PART = 4 * 1024 * 1024
DEPTH = 200
MACROS = ("vbaproject.bin", "vbadata.xml")
MACRO_FOLDERS = ("basic/", "scripts/")


class Archive:
    """A zip file whose announced sizes are within bounds and which holds no program. ImportRefused otherwise."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = ZipFile(BytesIO(data))
            members = self._zip.infolist()
        except (BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as error:
            raise broken() from error
        if len(members) > MEMBERS or sum(one.file_size for one in members) > UNPACKED:
            raise ImportRefused(_("Ce fichier se déplie en trop de données : enregistrez-le à nouveau sans images."))
        if any(one.flag_bits & 1 for one in members):
            raise ImportRefused(_("Ce fichier est protégé par un mot de passe : enregistrez-le sans protection."))
        self.names = {one.filename for one in members}
        if any(_is_program(name.lower()) for name in self.names):
            raise ImportRefused(_("Ce fichier contient des macros : enregistrez-le sans macros, puis recommencez."))

    def holds(self, name: str) -> bool:
        return name in self.names

    def count(self, folders: Iterable[str]) -> int:
        """How many files lie in these folders: pictures, mostly."""
        return sum(1 for name in self.names if name.startswith(tuple(folders)) and not name.endswith("/"))

    def part(self, name: str) -> Element | None:
        """The XML of a part, None where the archive has none. ImportRefused when it is too big, broken or hostile."""
        if name not in self.names:
            return None
        try:
            info = self._zip.getinfo(name)
            if info.file_size > PART:
                raise too_long()
            with self._zip.open(info) as source:
                data = source.read(PART + 1)
        except (BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError) as error:
            raise broken() from error
        if len(data) > PART:
            raise too_long()
        return _parsed(data)


def _is_program(name: str) -> bool:
    return name.endswith(MACROS) or name.startswith(MACRO_FOLDERS)


def _parsed(data: bytes) -> Element:
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise ImportRefused(_("Ce fichier contient des instructions que nous refusons d’exécuter.")) from error
    except (ParseError, ValueError, LookupError) as error:
        raise broken() from error
    level, depth = [root], 0
    while level:
        depth += 1
        if depth > DEPTH:
            raise broken()
        level = [child for element in level for child in element]
    return root


def broken() -> ImportRefused:
    """The file cannot be read at all."""
    return ImportRefused(
        _("Ce fichier est abîmé : ouvrez-le dans votre traitement de texte, puis enregistrez-le à nouveau.")
    )


def too_long() -> ImportRefused:
    return ImportRefused(
        _("Le texte de ce fichier, mise en forme comprise, est trop long pour une charte : 4 Mo au plus.")
    )
