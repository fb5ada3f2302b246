"""Cases for programs: published ones for everybody to read, drafts of an organisation for whoever holds its token."""

from django.urls import path

from cases.api.catalogue import CaseDetail, ReproductionList
from cases.api.drafts import Cases, Draft, Drafts, DraftSubmission

urlpatterns = [
    path("cases/", Cases.as_view(), name="api_cases"),
    path("reproductions/", ReproductionList.as_view(), name="api_reproductions"),
    path("cases/drafts/", Drafts.as_view(), name="api_case_drafts"),
    path("cases/drafts/<int:pk>/", Draft.as_view(), name="api_case_draft"),
    path("cases/drafts/<int:pk>/submit/", DraftSubmission.as_view(), name="api_case_submit"),
    path("cases/<int:number>/", CaseDetail.as_view(), name="api_case"),
]
