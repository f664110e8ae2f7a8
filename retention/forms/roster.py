"""Forms of rosters: the file, its columns, who somebody is, what ends, what it comes under."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.datastructures import MultiValueDict

from organisations.models import Agreement
from retention.actions.roster_runs import TOO_LARGE
from retention.imports.roster_fields import FIELDS, mapping_problem
from retention.imports.roster_file import MAX_BYTES
from retention.models import RosterRun
from retention.models.post import REASONS_TO_CHOOSE
from retention.presenters.session_grid import date_words
from retention.queries.roster_matching import SOMEONE_NEW

_PICK = ("", "Choose one")
CUT_OFF = "The upload was cut off before its end. Nothing was stored: upload the file again."
_DATE_ERRORS = {"invalid": "Enter a date, such as 2026-04-01"}


class AgreementField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in stubs only
    """An agreement by its purpose, its hub and its first day."""

    def label_from_instance(self, obj: Any) -> str:
        """Return what tells agreements of one purpose apart."""
        return f"{obj.purpose}, {obj.hub.name}, from {date_words(obj.starts_on)}"


class NoticeForm(forms.Form):
    """Which agreement the people come under, and when they were told."""

    agreement = AgreementField(
        queryset=Agreement.objects.none(),
        label="Agreement",
        required=False,
        empty_label="Not yet",
        help_text="Your training hub's agreement on keeping posts and session patterns.",
    )
    told_on = forms.DateField(
        label="People were told on",
        required=False,
        widget=forms.DateInput,
        help_text=(
            "The day on which your staff got the notice. Without agreement and notice nobody"
            " outside your practice sees these rows, and no figure counts them."
        ),
        error_messages=_DATE_ERRORS,
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: "MultiValueDict[str, UploadedFile[bytes]] | None" = None,
        *,
        agreements: QuerySet[Agreement],
    ) -> None:
        super().__init__(data, files)
        field = self.fields["agreement"]
        assert isinstance(field, AgreementField)
        field.queryset = agreements


class RosterForm(NoticeForm):
    """A spreadsheet with a practice's people."""

    file = forms.FileField(
        label="Your spreadsheet",
        help_text=(
            "The template filled in, or any list of your staff as Excel (.xlsx) or CSV. NI numbers"
            " and full dates of birth are taken out before anything is stored."
        ),
        error_messages={
            "required": "Choose a file to upload.",
            "empty": "This file is empty. Choose the file with your staff in it.",
        },
    )
    choose_columns = forms.BooleanField(
        label="Let me choose the columns again",
        required=False,
        help_text="Only if columns of this file were read wrongly before.",
    )
    field_order = ("file", "agreement", "told_on", "choose_columns")

    def clean(self) -> dict[str, Any]:
        """Refuse an upload that was cut off: what follows the file in the form did not arrive."""
        # An empty field is sent as well: only a body that broke off lacks it.
        if "told_on" not in self.data:
            raise forms.ValidationError(CUT_OFF)
        return self.cleaned_data

    def clean_file(self) -> "UploadedFile[bytes]":
        """Refuse a file over the limit before it is read."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError(TOO_LARGE)
        return file


class ColumnsForm(forms.Form):
    """What each column of somebody's spreadsheet is; those that nobody could guess come first."""

    mark_optional = False

    def __init__(self, data: Mapping[str, Any] | None = None, *, run: RosterRun) -> None:
        super().__init__(data)
        self._headers = run.headers
        for place, header in sorted(
            enumerate(run.headers), key=lambda item: bool(run.columns.get(item[1]))
        ):
            examples = _examples(run, place)
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=header,
                choices=[("", "Do not read this column"), *((f.column, f.label) for f in FIELDS)],
                required=False,
                initial=run.columns.get(header, ""),
                help_text=f"For example: {examples}" if examples else "",
            )

    def clean(self) -> dict[str, Any]:
        """Refuse a choice without name or role, or with one column twice."""
        if problem := mapping_problem(list(self.columns.values())):
            raise forms.ValidationError(problem)
        return self.cleaned_data

    @property
    def columns(self) -> dict[str, str]:
        """The column that was chosen for each header."""
        return {
            header: self.cleaned_data.get(f"column_{place}", "")
            for place, header in enumerate(self._headers)
        }


class WhoForm(forms.Form):
    """Who the rows are that may be somebody known here; one choice for each line."""

    mark_optional = False

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, rows: Sequence[Mapping[str, Any]]
    ) -> None:
        super().__init__(data)
        self._lines = [row["line"] for row in rows]
        for row in rows:
            self.fields[f"line_{row['line']}"] = forms.ChoiceField(
                label=f"Line {row['line']}: who is {row['name']}?",
                choices=[
                    _PICK,
                    *((key, f"The {name} in your record") for key, name in row["who"]),
                    (SOMEONE_NEW, "Somebody else, who is new"),
                ],
                required=False,
            )

    @property
    def answers(self) -> dict[str, str]:
        """The answers given, by line."""
        given = {str(line): self.cleaned_data.get(f"line_{line}", "") for line in self._lines}
        return {line: who for line, who in given.items() if who}


class ConfirmRosterForm(forms.Form):
    """Which posts end that are not in the file; none unless somebody ticks them."""

    mark_optional = False
    end_posts = forms.MultipleChoiceField(
        label="Tick the posts that have ended",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Nobody's post ends because they are not in the file.",
    )
    last_day = forms.DateField(
        label="Last day of the posts that you ticked",
        required=False,
        widget=forms.DateInput,
        error_messages=_DATE_ERRORS,
    )
    reason = forms.ChoiceField(
        label="Why do they end?",
        required=False,
        choices=[_PICK, *((each.value, each.label) for each in REASONS_TO_CHOOSE)],
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, absent: Sequence[tuple[str, str]]
    ) -> None:
        super().__init__(data)
        # Then the form is its button alone.
        if not absent:
            self.fields.clear()
            return
        field = self.fields["end_posts"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = list(absent)

    @property
    def endings(self) -> dict[str, Any]:
        """What the action of confirming takes."""
        last_day: dt.date | None = self.cleaned_data.get("last_day")
        return {
            "end_posts": self.cleaned_data.get("end_posts") or [],
            "last_day": last_day,
            "reason": self.cleaned_data.get("reason", ""),
        }


def _examples(run: RosterRun, place: int) -> str:
    """Return up to three different values of a column, as they stand in the file."""
    # A dict keeps the order of the file, which a set would not.
    seen = dict.fromkeys(cells[place][:30] for _, cells in run.rows[:50] if cells[place])
    return ", ".join(list(seen)[:3])
