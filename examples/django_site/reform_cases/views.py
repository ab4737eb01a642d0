"""A page a case: what is decided, and the next question as a form. An answer that cannot be is said in words."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

import reformkit as rk

from .models import CaseRecord, PublishedRules


@require_http_methods(["GET", "POST"])
def case(request: HttpRequest, case_id: str) -> HttpResponse:
    """The page of a case; a POST answers a question about it, or a new case's first one."""
    book = PublishedRules.in_use()
    record = CaseRecord.objects.filter(pk=case_id).first() or CaseRecord(id=case_id)
    if request.method == "POST":
        record.facts |= {request.POST["fact"]: answer(request.POST["type"], request.POST.getlist("value"))}
    try:
        a = record.assessed(book)
    except rk.CaseError as error:
        said = [f"{problem.message('zh')}（{problem.fix('zh')}）" for problem in error.problems]
        return render(request, "reform_cases/case.html", {"case": case_id, "problems": said}, status=422)
    if request.method == "POST":
        record.receipt = a.receipt()
        record.save()
        return redirect("case", case_id=case_id)
    need = next(iter(a.to_dict("zh")["needs"]), None)
    return render(request, "reform_cases/case.html", {"case": case_id, "memo": a.explain("zh"), "need": need})


@require_GET
def still_holds(request: HttpRequest, case_id: str) -> JsonResponse:
    """Whether the last assessment of a case still holds under the rulebook that is in use now."""
    record = get_object_or_404(CaseRecord, pk=case_id, receipt__isnull=False)
    replay = PublishedRules.in_use().replay(record.receipt)
    return JsonResponse({"parts": replay.parts, "conclusions": replay.conclusions, "stood": replay.stood})


def answer(kind: str, given: list[str]) -> Any:
    """What a form gave, as Python's type of the fact; what does not fit goes on as text, and reformkit says so."""
    if kind == "tags":
        return given
    text = given[0].strip()
    if kind == "flag":
        return {"true": True, "false": False}.get(text, text)
    if kind == "count":
        return int(text) if text.isdecimal() else text
    return text
