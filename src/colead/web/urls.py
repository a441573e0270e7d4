"""Addresses: a noun each."""

from __future__ import annotations

from django.urls import include, path

from colead.web.api.data import forms_of
from colead.web.areas.members import MemberView
from colead.web.areas.menu import MenuView
from colead.web.areas.terms import TermsFileView, TermsView
from colead.web.areas.views import AreaView, HomeView, PeopleView
from colead.web.briefs import history, merge, sections, views
from colead.web.concerns.urls import urlpatterns as concerns
from colead.web.decisions.urls import urlpatterns as decisions
from colead.web.inbox.chat import ChatView
from colead.web.inbox.views import InboxView, MuteView, NoticesView, TodayView
from colead.web.jobs.views import JobView
from colead.web.keeping import views as keeping
from colead.web.meetings.urls import urlpatterns as meetings
from colead.web.parts.views import AmissView, LessonsFileView, LessonsView, PartView
from colead.web.people import elsewhere, own
from colead.web.people import views as people
from colead.web.prototypes.urls import urlpatterns as prototypes
from colead.web.questions.urls import urlpatterns as questions
from colead.web.repositories.pages import BalanceView, FragilityView, InvestmentsView, RecordView
from colead.web.repositories.views import FetchView, RepositoriesView, RepositoryView, TokenView
from colead.web.reserve.urls import urlpatterns as reserve
from colead.web.search.views import EverywhereView, SearchView
from colead.web.threads import views as threads
from colead.web.together.views import TogetherView
from colead.web.tradeoffs.urls import urlpatterns as tradeoffs

IDEA = "<slug:area>/ideas/<int:number>"
THREAD = f"{IDEA}/discussions/<int:thread>"

urlpatterns = [
    path("", HomeView.as_view(), name="home"),
    path("sign-in", people.SignInView.as_view(), name="sign-in"),
    path("sign-in/second", people.SecondView.as_view(), name="second"),
    path("sign-in/link", people.MailedLinkView.as_view(), name="mailed-link"),
    path("sign-in/elsewhere", elsewhere.ThereView.as_view(), name="elsewhere"),
    path("sign-in/elsewhere/back", elsewhere.BackView.as_view(), name="elsewhere-back"),
    path("sign-out", people.SignOutView.as_view(), name="sign-out"),
    path("link/<str:secret>", people.LinkView.as_view(), name="link"),
    path("welcome/<str:token>", people.WelcomeView.as_view(), name="welcome"),
    path("join/<str:secret>", people.JoinView.as_view(), name="join"),
    path("me", people.MeView.as_view(), name="me"),
    path("me/password", own.PasswordView.as_view(), name="password"),
    path("me/second-factor", own.FactorView.as_view(), name="factor"),
    path("me/sessions", own.SessionsView.as_view(), name="sessions"),
    path("me/sessions/<slug:mark>", own.SessionView.as_view(), name="session"),
    path("me/tokens", own.TokensView.as_view(), name="tokens"),
    path("me/tokens/<int:pk>", own.TokenView.as_view(), name="own-token"),
    path("me/notices", NoticesView.as_view(), name="notices"),
    path("mute/<str:token>", MuteView.as_view(), name="mute"),
    path("today.json", TodayView.as_view(), name="today"),
    path("installation", keeping.InstallationView.as_view(), name="installation"),
    path("<slug:area>/keeping", keeping.KeepingView.as_view(), name="keeping"),
    path("<slug:area>/export.zip", keeping.ExportView.as_view(), name="export"),
    path("api/1/", include("colead.web.api.urls")),
    path("<slug:area>/", AreaView.as_view(), name="area"),
    path("<slug:area>/inbox", InboxView.as_view(), name="inbox"),
    path("<slug:area>/chat", ChatView.as_view(), name="chat"),
    path("search", EverywhereView.as_view(), name="everywhere"),
    path("<slug:area>/search", SearchView.as_view(), name="search"),
    path("<slug:area>/together", TogetherView.as_view(), name="together"),
    path("<slug:area>/menu", MenuView.as_view(), name="menu"),
    path("<slug:area>/terms", TermsView.as_view(), name="terms"),
    path("<slug:area>/terms.yml", TermsFileView.as_view(), name="terms-file"),
    path("<slug:area>/people", PeopleView.as_view(), name="people"),
    path("<slug:area>/people/<int:pk>", MemberView.as_view(), name="member"),
    path("<slug:area>/repositories", RepositoriesView.as_view(), name="repositories"),
    path("<slug:area>/repositories/<int:pk>", RepositoryView.as_view(), name="repository"),
    path("<slug:area>/repositories/<int:pk>/fetch", FetchView.as_view(), name="fetch"),
    path("<slug:area>/repositories/<int:pk>/token", TokenView.as_view(), name="token"),
    path("<slug:area>/system", FragilityView.as_view(), name="fragility"),
    path("<slug:area>/told", LessonsView.as_view(), name="lessons"),
    path("<slug:area>/told/<int:pk>/<slug:file>.yml", LessonsFileView.as_view(), name="lessons-file"),
    path("<slug:area>/balance", BalanceView.as_view(), name="balance"),
    path("<slug:area>/ahead", InvestmentsView.as_view(), name="investments"),
    path("<slug:area>/record", RecordView.as_view(), name="record"),
    path("<slug:area>/jobs/<int:pk>", JobView.as_view(), name="job"),
    path("<slug:area>/ideas", views.BriefsView.as_view(), name="briefs"),
    path("<slug:area>/ideas/new", views.NewBriefView.as_view(), name="new-brief"),
    path(IDEA, views.BriefView.as_view(), name="brief"),
    path(f"{IDEA}.md", views.FileView.as_view(), name="brief-file"),
    path(f"{IDEA}/file", merge.MergeView.as_view(), name="merge"),
    path(f"{IDEA}/past", history.PastView.as_view(), name="past"),
    path(f"{IDEA}/deletion", history.DeletionView.as_view(), name="deletion"),
    path(f"{IDEA}/size", views.SizeView.as_view(), name="brief-size"),
    path(f"{IDEA}/title", views.TitleView.as_view(), name="brief-title"),
    path(f"{IDEA}/place", views.PlaceView.as_view(), name="brief-place"),
    path(f"{IDEA}/commitment", views.CommitmentView.as_view(), name="commitment"),
    path(f"{IDEA}/shipping", views.ShippingView.as_view(), name="shipping"),
    path(f"{IDEA}/corrections", AmissView.as_view(), name="amiss"),
    path(f"{IDEA}/reading", views.CheckView.as_view(), name="check"),
    path(f"{IDEA}/suggestions/<int:suggestion>", sections.AnswerView.as_view(), name="suggestion"),
    path("<slug:area>/discussions", threads.AreaThreadsView.as_view(), name="area-discussions"),
    path(f"{IDEA}/discussions", threads.ThreadsView.as_view(), name="discussions"),
    path(THREAD, threads.ThreadView.as_view(), name="discussion"),
    path(f"{THREAD}/line", threads.LineView.as_view(), name="discussion-line"),
    path(f"{THREAD}/test", threads.TestView.as_view(), name="discussion-test"),
    path(f"{THREAD}/outcome", threads.OutcomeView.as_view(), name="discussion-outcome"),
    path(f"{THREAD}/messages/<int:message>", threads.MessageView.as_view(), name="message"),
    path(f"{IDEA}/<slug:space>/text", sections.EditView.as_view(), name="section"),
    path(f"{IDEA}/<slug:space>/versions", history.VersionsView.as_view(), name="versions"),
    path(f"{IDEA}/<slug:space>/agreement", sections.AgreementView.as_view(), name="agreement"),
    path(f"{IDEA}/<slug:space>/suggestions", sections.SuggestionsView.as_view(), name="suggestions"),
    *concerns,
    *prototypes,
    *questions,
    *meetings,
    *decisions,
    *reserve,
    *tradeoffs,
]
PART = path("<slug:area>/system/<path:key>", PartView.as_view(), name="part")  # takes what follows
urlpatterns += [path("", include(forms_of([*urlpatterns, PART]))), PART]

handler403 = "colead.web.faults.refused"
handler404 = "colead.web.faults.absent"
handler500 = "colead.web.faults.broken"
