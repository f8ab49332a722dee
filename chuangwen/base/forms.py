"""Forms of imports."""

from typing import Any

from django import forms
from django.db.models import Model

from chuangwen.base.imports import ImportSpec
from chuangwen.base.workbooks import MAX_BYTES


class FileForm(forms.Form):
    """The file to import, with whatever else this kind of import asks."""

    client_id = forms.UUIDField(widget=forms.HiddenInput)
    file = forms.FileField(
        label="Excel 文件",
        max_length=200,
        error_messages={"required": "请选一个 Excel 文件（.xlsx）。", "empty": "这个文件是空的。请重选文件。"},
        help_text=f"只收 .xlsx，最大 {MAX_BYTES // 2**20} MB。表头在前 10 行里都能认出来，列的先后不限。",
        widget=forms.FileInput(attrs={"class": "form-control", "accept": ".xlsx"}),
    )

    def __init__(self, spec: ImportSpec, person: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = spec.context_fields(person)
        self.fields = {"client_id": self.fields["client_id"], **self.asked, "file": self.fields["file"]}

    def context(self) -> dict[str, Any]:
        """What was asked besides the file, as JSON values (an object as its key)."""
        values = {name: self.cleaned_data[name] for name in self.asked}
        return {name: value.pk if isinstance(value, Model) else value for name, value in values.items()}
