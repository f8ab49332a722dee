"""Freezing a run."""

from django import forms


class FreezeForm(forms.Form):
    client_id = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.CharField(label="原因", max_length=200, required=False)
