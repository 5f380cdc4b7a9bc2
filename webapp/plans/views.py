"""The plan page and what can be downloaded from it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, render_template, request, url_for

from checklist.planning.plan import Plan
from checklist.wording.view import WordedPlan
from checklist.worksheet import schema
from checklist.worksheet.printer import PrintError
from checklist.worksheet.tables import csv_tables
from checklist.worksheet.text import markdown
from webapp.access import link_holder
from webapp.assessments.files import answers_file
from webapp.assessments.rendering import progress
from webapp.i18n import language
from webapp.plans import presenters
from webapp.services import services
from webapp.storage import assessments
from webapp.storage.assessments import Assessment

blueprint = Blueprint("plans", __name__, template_folder="templates", url_prefix="/a/<token>")

Page = str | Response | tuple[str, int]


@blueprint.get("/plan")
@link_holder
def plan(token: str, assessment: Assessment) -> Page:
    """Show the whole plan, or the one of an earlier day as it was then."""
    parts = services()
    versions = assessments.history(parts.database, assessment)
    then = next((each for each in versions if str(each.revision) == request.args.get("revision")), None)
    shown = assessments.at_revision(parts.database, assessment, then.revision) if then else None
    worded = parts.reader.worded(shown or assessment, then.day if then else parts.today(), language())
    return _page(
        "plans/plan.html",
        token,
        assessment,
        plan=worded,
        earlier=presenters.earlier(versions, assessment.revision, language()),
        of_then=shown is not None and shown.revision != assessment.revision,
        figures=presenters.figures(worded),
        has_numbers=presenters.has_numbers(worded.chain),
        notes=presenters.notes(worded.chain),
        tasks=presenters.tasks(worded),
        summary=presenters.summary(worded),
        contents=presenters.contents(worded),
        folded=presenters.FOLDED,
    )


@blueprint.get("/plan.pdf")
@link_holder
def plan_pdf(token: str, assessment: Assessment) -> Page:
    """Hand over the plan as a PDF worksheet, or say why it could not be made."""
    parts = services()
    worded = parts.reader.worded(assessment, parts.today(), language())
    answers = parts.reader.document(assessment.path, assessment.language, assessment.raw())
    try:
        body = parts.shelf.printed(worded, answers_file(answers))
    except PrintError:
        current_app.logger.exception("a plan could not be printed")
        return _page("plans/no_pdf.html", token, assessment), 503
    return _attachment(body, "application/pdf", "shirube-plan.pdf")


@blueprint.get("/plan.json")
@link_holder
def plan_json(token: str, assessment: Assessment) -> Page:
    """Hand over the plan as the JSON document plan/1 with the wording of this language."""
    return _attachment(schema.plan_json(*_made(assessment)), "application/json", "shirube-plan.json")


@blueprint.get("/plan.csv")
@link_holder
def plan_csv(token: str, assessment: Assessment) -> Page:
    """Hand over the plan's tables for a spreadsheet."""
    _, worded = _made(assessment)
    return _attachment(csv_tables(worded), "text/csv", "shirube-plan.csv")


@blueprint.get("/plan.md")
@link_holder
def plan_md(token: str, assessment: Assessment) -> Page:
    """Hand over the plan as Markdown."""
    _, worded = _made(assessment)
    return _attachment(markdown(worded).encode(), "text/markdown", "shirube-plan.md")


@blueprint.get("/plan.ics")
@link_holder
def plan_ics(token: str, assessment: Assessment) -> Page:
    """Hand over review dates, deadlines and to-dos for a calendar."""
    # Imported only here, as the library takes longer to load than all else that a page needs.
    from checklist.worksheet.calendar import calendar

    return _attachment(calendar(*_made(assessment)), "text/calendar", "shirube-plan.ics")


def _made(assessment: Assessment) -> tuple[Plan, WordedPlan]:
    parts = services()
    today = parts.today()
    return parts.reader.plan(assessment, today), parts.reader.worded(assessment, today, language())


def _attachment(body: bytes, kind: str, name: str) -> Response:
    return Response(body, mimetype=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _page(template: str, token: str, assessment: Assessment, **values: Any) -> str:
    path = services().reader.read(assessment).path
    return render_template(
        template,
        token=token,
        home=f"/a/{token}",
        here=url_for(".plan", token=token),
        progress=progress(assessment, language(), f"/a/{token}", "plan"),
        path=path,
        assessment=assessment,
        saved=False,
        note="",
        **values,
    )
