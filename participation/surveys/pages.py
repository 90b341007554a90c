"""The pages of surveys: what people fill in and read, and the desk."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from participation.surveys.disclosure import LEAST
from participation.surveys.forms import DetailsForm, QuestionForm, SheetForm, StepForm
from participation.web.page import Page


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above every page of a survey; `place` and `place_slug` name the consultation."""

    slug: str
    title: str
    about: str
    office: str
    status: str
    closes_on: date
    is_answerable: bool
    is_published: bool
    place: str = ""
    place_slug: str = ""


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question to be answered; `names` are its fields, `note` and `only_if` small lines."""

    number: int
    kind: str
    wording: str
    explanation: str
    note: str
    only_if: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One question with what somebody answered, in words."""

    number: int
    wording: str
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListRow:
    """One survey in the list."""

    slug: str
    title: str
    status: str
    is_answerable: bool
    is_published: bool
    place: str


@dataclass(frozen=True, slots=True)
class ListPage(Page):
    """All surveys that everybody may see."""

    template: ClassVar[str] = "surveys/list.html"
    rows: tuple[ListRow, ...]


@dataclass(frozen=True, slots=True)
class SurveyPage(Page):
    """A survey with all its questions; `refusal` says why it cannot be answered here now."""

    template: ClassVar[str] = "surveys/show.html"
    head: Head
    questions: tuple[QuestionView, ...]
    form: SheetForm
    refusal: str
    sent_at: datetime | None
    has_draft: bool
    least: int = LEAST


@dataclass(frozen=True, slots=True)
class QuestionPage(Page):
    """One question at a time; `before` is the number of the question before it, 0 for none."""

    template: ClassVar[str] = "surveys/question.html"
    head: Head
    question: QuestionView
    form: SheetForm
    before: int
    number_of: int


@dataclass(frozen=True, slots=True)
class CheckPage(Page):
    """Everything that is filled in, before it is sent."""

    template: ClassVar[str] = "surveys/check.html"
    head: Head
    answers: tuple[AnswerView, ...]
    form: SheetForm
    is_sent_already: bool
    last: int


@dataclass(frozen=True, slots=True)
class SentPage(Page):
    """What somebody has sent, and what can be done with it."""

    template: ClassVar[str] = "surveys/sent.html"
    head: Head
    answers: tuple[AnswerView, ...]
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class WithdrawalPage(Page):
    """Before somebody takes their answers back."""

    template: ClassVar[str] = "surveys/withdraw.html"
    head: Head
    form: StepForm


@dataclass(frozen=True, slots=True)
class OwnRow:
    """One survey that somebody answered."""

    slug: str
    title: str
    changed_at: datetime
    is_answerable: bool


@dataclass(frozen=True, slots=True)
class OwnPage(Page):
    """The surveys that somebody answered."""

    template: ClassVar[str] = "surveys/own.html"
    rows: tuple[OwnRow, ...]


@dataclass(frozen=True, slots=True)
class BarView:
    """One choice with its number, nothing where it is hidden."""

    label: str
    count: int | None


@dataclass(frozen=True, slots=True)
class TableView:
    """One row of counts: its name in a matrix, how many answered, the bars, a scale's mean."""

    name: str
    answered: int | None
    bars: tuple[BarView, ...]
    mean: float | None

    @property
    def has_hidden(self) -> bool:
        """Whether a number is missing."""
        return self.answered is None or any(bar.count is None for bar in self.bars)


@dataclass(frozen=True, slots=True)
class ResultView:
    """The result of one question; open ones have `texts` and the number of those `withheld`."""

    number: int
    kind: str
    wording: str
    note: str
    only_if: str
    tables: tuple[TableView, ...]
    texts: tuple[str, ...]
    given: int | None
    withheld: int | None


@dataclass(frozen=True, slots=True)
class ResultsPage(Page):
    """The results; `sheets` is nothing where fewer than `least` people took part."""

    template: ClassVar[str] = "surveys/results.html"
    head: Head
    sheets: int | None
    results: tuple[ResultView, ...]
    published_at: datetime | None
    is_preview: bool
    least: int = LEAST

    @property
    def has_hidden(self) -> bool:
        """Whether a number is missing anywhere."""
        return any(table.has_hidden for each in self.results for table in each.tables)


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One survey in the officers' list."""

    slug: str
    title: str
    status: str
    sheets: int


@dataclass(frozen=True, slots=True)
class DeskListPage(Page):
    """All surveys, drafts too, or those that wait for something."""

    template: ClassVar[str] = "surveys/desk/list.html"
    rows: tuple[DeskRow, ...]
    shown: str


@dataclass(frozen=True, slots=True)
class DetailsPage(Page):
    """The facts of a survey: of a new one, or of one that exists (`slug`)."""

    template: ClassVar[str] = "surveys/desk/details.html"
    form: DetailsForm
    slug: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class DeskQuestion:
    """One question at the desk, and which buttons it has."""

    id: UUID
    number: int
    kind: str
    wording: str
    note: str
    only_if: str
    rows: tuple[str, ...]
    choices: tuple[str, ...]
    may_go_up: bool
    may_go_down: bool
    may_go: bool
    texts: int


@dataclass(frozen=True, slots=True)
class NextStep:
    """The step out of the present state; `refusal` says why it cannot be taken yet."""

    value: str
    label: str
    explanation: str
    refusal: str


@dataclass(frozen=True, slots=True)
class ManagePage(Page):
    """One survey at the desk: what comes next, its questions, how many answered."""

    template: ClassVar[str] = "surveys/desk/manage.html"
    head: Head
    step: NextStep | None
    form: StepForm
    questions: tuple[DeskQuestion, ...]
    kinds: tuple[tuple[str, str], ...]
    sheets: int
    is_draft: bool
    is_public: bool
    has_final_texts: bool
    may_change_days: bool


@dataclass(frozen=True, slots=True)
class WritingPage(Page):
    """A question as it is written: a new one of a kind, or one that exists (`question_id`)."""

    template: ClassVar[str] = "surveys/desk/question.html"
    slug: str
    kind: str
    kind_name: str
    form: QuestionForm
    question_id: UUID | None


@dataclass(frozen=True, slots=True)
class PreviewPage(Page):
    """The survey as residents will see it; nothing can be sent."""

    template: ClassVar[str] = "surveys/desk/preview.html"
    head: Head
    questions: tuple[QuestionView, ...]
    form: SheetForm
    least: int = LEAST


@dataclass(frozen=True, slots=True)
class TextView:
    """One text at the desk, without a name."""

    id: UUID
    body: str
    is_released: bool


@dataclass(frozen=True, slots=True)
class TextsPage(Page):
    """The words given to one open question; `here` and `after` are cursors of two pages."""

    template: ClassVar[str] = "surveys/desk/texts.html"
    head: Head
    question_id: UUID
    number: int
    wording: str
    texts: tuple[TextView, ...]
    counts: Mapping[str, int]
    form: StepForm
    after: str
    here: str
