"""Photos on their way to a step; those of a refused form are kept, because a browser cannot fill a file input again.

What the form carries on is the signed name of a stored file: good for one person, at one problem, for one day.
"""

from base64 import b64encode
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.core import signing

from chuangwen.base import files, images
from chuangwen.base.errors import Refused
from chuangwen.base.models import StoredFile
from chuangwen.organisations.models import Person

Photo = StoredFile | bytes
SALT = "chuangwen.problems.photos"
KEPT_FOR = timedelta(days=1)
EDGE = 240  # pixels of the longer side, as shown in the form


def stored(photo: Photo, person: Person) -> StoredFile:
    """The photo's row; bytes are checked to be a picture and stored."""
    if isinstance(photo, StoredFile):
        return photo
    return files.store(photo, tenant=person.tenant, media_type=images.check(photo))


@dataclass(frozen=True)
class Kept:
    """One chosen photo; `name`: what the form carries."""

    file: StoredFile
    name: str

    @property
    def picture(self) -> str:
        """Its page copy as an address of its own: no row refers to the file yet by which it could be asked for."""
        return f"data:image/jpeg;base64,{b64encode(files.thumbnail_path(self.file, edge=EDGE).read_bytes()).decode()}"


@dataclass(frozen=True)
class Shelf:
    """Where one person's photos for one problem are kept; problem None: the one being typed in."""

    person: Person
    problem: UUID | None = None

    def keep(self, data: bytes) -> Kept:
        file = stored(data, self.person)
        return Kept(file, signing.dumps([*self._owner, file.pk], salt=SALT))

    def find(self, name: str) -> Kept:
        """The photo of that name; refused when it is another person's, another problem's, too old or made up."""
        try:
            *owner, key = signing.loads(name, salt=SALT, max_age=KEPT_FOR)
        except signing.BadSignature:
            owner, key = [], None
        file = StoredFile.objects.filter(pk=key, tenant_id=self.person.tenant_id).first()
        if owner != self._owner or file is None:
            raise Refused("先前选的照片不能再用，请重新选。")
        return Kept(file, name)

    @property
    def _owner(self) -> list[int | str]:
        return [self.person.pk, str(self.problem or "")]
