"""The pages of one assessment: its link, its sections, all answers at a glance, deleting it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug import Response

from checklist.errors import TypedError
from checklist.questionnaire.answers import read_answer
from checklist.questionnaire.routing import PathSection
from checklist.wording.answers import answer_lines
from webapp.access import link_holder
from webapp.assessments import presenters, rendering
from webapp.assessments.files import answers_file
from webapp.assessments.forms import SectionForm
from webapp.assessments.saving import Conflict, change_thoroughness, save_changes
from webapp.i18n import LANGUAGES, language, remember
from webapp.reading import Reading
from webapp.services import services
from webapp.storage import assessments
from webapp.storage.assessments import Assessment

blueprint = Blueprint("assessments", __name__, template_folder="templates", url_prefix="/a/<token>")

Page = str | Response | tuple[str, int]


@blueprint.get("")
@link_holder
def link(token: str, assessment: Assessment) -> Page:
    """Show the private link, how far the answers are, and what can be done with them."""
    reading = services().reader.read(assessment)
    return _page(
        "assessments/link.html",
        token,
        assessment,
        reading,
        address=(services().settings.base_url or request.host_url.rstrip("/"))
        + url_for(".link", token=token),
        next=reading.path.next,
        kept_until=services().reader.words[language()].date(date.fromtimestamp(assessment.expires)),
    )


@blueprint.get("/<section_id>")
@link_holder
def section(token: str, assessment: Assessment, section_id: str) -> Page:
    """Ask the questions of one section."""
    reading = services().reader.read(assessment)
    asked = _asked(reading, section_id)
    if asked is None:
        return _elsewhere(token, reading, section_id)
    return _section_page(token, assessment, reading, asked)


@blueprint.post("/<section_id>")
@link_holder
def save_section(token: str, assessment: Assessment, section_id: str) -> Page:
    """Save the good answers of a section, then show what is wrong or go on."""
    _switch_language()
    known = assessments.at_revision(services().database, assessment, _revision())
    # A page that does not say what it was made from may contradict anything that is stored.
    base = known or replace(assessment, revision=0, answers="{}")
    before = _asked(services().reader.read(known or assessment), section_id)
    if before is None:
        return _elsewhere(token, services().reader.read(assessment), section_id)
    form = _read_form(before, known or assessment)
    good = form.validate()
    changes = _wanted(form.changed(base.raw()))
    outcome = save_changes(services(), base, assessment, changes, section_id)
    if isinstance(outcome, Conflict):
        return _conflict_page(token, outcome, before, form, tuple(changes))
    reading = services().reader.read(outcome)
    if not good:
        return _faulty_page(token, outcome, reading, section_id, form)
    return _after(token, outcome, reading, before)


@blueprint.get("/check")
@link_holder
def check(token: str, assessment: Assessment) -> Page:
    """Show all answers at a glance, with what is missing."""
    reading = services().reader.read(assessment)
    sections = presenters.checked(reading.path, reading.answers, language())
    return _page("assessments/check.html", token, assessment, reading, sections=sections, current="check")


@blueprint.post("/path")
@link_holder
def change_path(token: str, assessment: Assessment) -> Page:
    """Go on with all questions, or only the essential ones; no answer is lost either way."""
    path = request.form.get("path")
    if path not in ("quick", "full"):
        abort(400)
    parts = services()
    changed = change_thoroughness(parts, assessment, path)
    return redirect(_next(token, parts.reader.read(changed)), 303)


@blueprint.get("/answers.yaml")
@link_holder
def download(token: str, assessment: Assessment) -> Page:
    """Hand over the answers file, from which the work can be resumed anywhere."""
    body = answers_file(services().reader.document(assessment.path, assessment.language, assessment.raw()))
    return Response(
        body,
        mimetype="application/yaml",
        headers={"Content-Disposition": 'attachment; filename="shirube-answers.yaml"'},
    )


@blueprint.get("/delete")
@link_holder
def confirm_delete(token: str, assessment: Assessment) -> Page:
    """Ask before deleting."""
    return _page("assessments/delete.html", token, assessment, services().reader.read(assessment))


@blueprint.post("/delete")
@link_holder
def delete(token: str, assessment: Assessment) -> Page:
    """Delete the answers for good."""
    assessments.remove(services().database, assessment, services().now())
    return redirect(url_for("start.start", note="deleted"), 303)


def _asked(reading: Reading, section_id: str) -> PathSection | None:
    return next((each for each in reading.path.sections if each.id == section_id), None)


def _elsewhere(token: str, reading: Reading, section_id: str) -> Response:
    """Lead from a section that is not asked now to the next one that is."""
    if section_id not in {each.id for each in services().reader.pack.sections}:
        abort(404)
    return redirect(_next(token, reading, note="elsewhere"), 303)


def _next(token: str, reading: Reading, **query: str) -> str:
    if reading.path.next is None:
        return url_for(".check", token=token, **query)
    section_id, question_id = reading.path.next
    return url_for(".section", token=token, section_id=section_id, _anchor=f"q-{question_id}", **query)


def _switch_language() -> None:
    chosen = request.form.get("language")
    if chosen in LANGUAGES:
        g.language = chosen


def _revision() -> int:
    text = request.form.get("revision", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _read_form(section: PathSection, base: Assessment) -> SectionForm:
    """Read the questions that were asked; the page that shows both versions sends some of them only."""
    reader, only = services().reader, request.form.getlist("only")
    asked = [each for each in section.questions if not only or each.id in only]
    before = reader.read(base).answers
    return SectionForm(asked, before, reader.pack, reader.words[language()], request.form)


def _wanted(changes: dict[str, Any]) -> dict[str, Any]:
    """Leave out what was decided, on the page that shows both versions, to stay as it is."""
    return {name: raw for name, raw in changes.items() if request.form.get(f"{name}.keep") != "saved"}


def _after(token: str, saved: Assessment, reading: Reading, before: PathSection) -> Response:
    """Go on to questions that have just appeared, else where the person wants, else to the next section."""
    shown = {each.id for each in before.questions}
    now = _asked(reading, before.id)
    fresh = [each.id for each in (now.questions if now else ()) if each.id not in shown]
    new = [name for name in fresh if name not in reading.answers.given]
    if request.form.get("language") in LANGUAGES:
        stay = url_for(".section", token=token, section_id=before.id, saved=saved.revision)
        return remember(redirect(stay, 303), language(), services().settings.https)
    if (more := request.form.get("more")) in shown:
        at = url_for(".section", token=token, section_id=before.id, saved=saved.revision, _anchor=f"q-{more}")
        return redirect(at, 303)
    if new:
        at, query = before.id, {"note": "more", "_anchor": f"q-{new[0]}"}
        return redirect(url_for(".section", token=token, section_id=at, saved=saved.revision, **query), 303)
    return redirect(_following(token, saved, reading, before.id), 303)


def _following(token: str, saved: Assessment, reading: Reading, section_id: str) -> str:
    order = [each.id for each in services().reader.pack.sections]
    here = order.index(section_id)
    later = [each.id for each in reading.path.sections if order.index(each.id) > here]
    if request.form.get("then") == "check" or not later:
        return url_for(".check", token=token, saved=saved.revision)
    return url_for(".section", token=token, section_id=later[0], saved=saved.revision)


def _section_page(token: str, assessment: Assessment, reading: Reading, asked: PathSection) -> str:
    problems = presenters.stored_problems(reading.answers, language())
    html = rendering.stored_questions(assessment, language(), asked.id)
    return _rendered_section(token, assessment, reading, asked, html, problems)


def _faulty_page(token: str, saved: Assessment, reading: Reading, section_id: str, form: SectionForm) -> Page:
    asked = _asked(reading, section_id)
    if asked is None:
        return redirect(_next(token, reading, note="elsewhere"), 303)
    problems = {at: text for field in form._fields.values() for at, text in field.faults.items()}
    typed = {name: field.typed for name, field in form._fields.items()}
    html = rendering.questions(asked, reading.answers, language(), typed, problems)
    return _rendered_section(token, saved, reading, asked, html, problems), 422


def _rendered_section(
    token: str,
    assessment: Assessment,
    reading: Reading,
    asked: PathSection,
    questions: Markup,
    problems: Mapping[str, str],
) -> str:
    return _page(
        "assessments/section.html",
        token,
        assessment,
        reading,
        section=asked.section.section,
        current=asked.id,
        questions=questions,
        faults=presenters.faults(asked.questions, problems, language()),
        then=request.values.get("then", ""),
    )


def _conflict_page(
    token: str, conflict: Conflict, section: PathSection, form: SectionForm, changed: tuple[str, ...]
) -> Page:
    reader, chosen = services().reader, language()
    words, reading = reader.words[chosen], reader.read(conflict.current)
    rows = []
    for question in section.questions:
        if question.id not in conflict.questions:
            continue
        theirs = answer_lines(words, question, reading.answers.given.get(question.id))
        rows.append((question.id, words.of(question.question.title), _mine(form, question.id), theirs))
    fields = request.form.items(multi=True)
    sent = [(name, value) for name, value in fields if name.partition(".")[0] in changed and _is_answer(name)]
    page = _page(
        "assessments/conflict.html",
        token,
        conflict.current,
        reading,
        rows=rows,
        only=changed,
        sent=sent,
        section=section.section.section,
        current=section.id,
    )
    return page, 409


def _mine(form: SectionForm, name: str) -> tuple[str, ...]:
    field = form[name]
    try:
        answer = None if field.raw is None else read_answer(field.question, field.raw, field.pack)
    except TypedError:
        return (str(field.raw),)
    return answer_lines(field.words, field.question, answer)


def _is_answer(name: str) -> bool:
    return not name.endswith(".keep")


def _page(template: str, token: str, assessment: Assessment, reading: Reading, **values: Any) -> str:
    """Render a page of an assessment with what all of them show: progress and where one is."""
    return render_template(
        template,
        token=token,
        home=f"/a/{token}",
        assessment=assessment,
        path=reading.path,
        progress=rendering.progress(assessment, language(), f"/a/{token}", values.get("current", "")),
        saved=request.args.get("saved") == str(assessment.revision),
        note=request.args.get("note", ""),
        **values,
    )
