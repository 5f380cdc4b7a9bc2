"""The way in: the start page, a new assessment, or one resumed from an answers file."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug import Response

from webapp.access import public
from webapp.assessments.files import BadFile, read_answers_file
from webapp.assessments.forms import ResumeForm, StartForm
from webapp.i18n import language, translate
from webapp.services import services
from webapp.storage import assessments

blueprint = Blueprint("start", __name__, template_folder="templates")


@blueprint.get("/")
@public
def start() -> str:
    """Say what this is and offer the ways to begin."""
    return _page()


@blueprint.post("/")
@public
def begin() -> Response | tuple[str, int]:
    """Make an assessment and show its private link."""
    form = StartForm()
    if not form.validate_on_submit():
        return _page(), 422
    return _created(form.path.data, {})


@blueprint.get("/resume")
@public
def to_start() -> Response:
    """Lead back from a reload of a failed upload."""
    return redirect(url_for(".start"), 303)


@blueprint.post("/resume")
@public
def resume() -> Response | tuple[str, int]:
    """Make an assessment from an answers file; what cannot be read in it is shown at its question."""
    upload = ResumeForm().file.data
    try:
        document = read_answers_file(upload.read() if upload else b"", services().reader.pack)
    except BadFile as error:
        return _page(_upload_problem(error.code)), 422
    return _created(document["path"], document["answers"])


def _created(path: str, answers: dict[str, object]) -> Response:
    parts = services()
    token = assessments.create(
        parts.database,
        parts.reader.version,
        language(),
        path,
        answers,
        parts.now(),
        parts.settings.retention_days,
    )
    return redirect(url_for("assessments.link", token=token), 303)


def _page(problem: str = "") -> str:
    return render_template(
        "assessments/start.html",
        problem=problem,
        note=request.args.get("note", ""),
        retention_days=services().settings.retention_days,
    )


def _upload_problem(code: str) -> str:
    _ = translate()
    return {
        "unreadable": _(
            "The file could not be read. Choose the answers file (shirube-answers.yaml) as it was downloaded."
        ),
        "not_answers": _("This is not an answers file. Choose the file shirube-answers.yaml."),
        "other_pack": _("This answers file belongs to another checklist."),
    }[code]
