"""A vote as it is drawn up: what voters read, how it is counted, when, how they are protected."""

from typing import Any

from participation.votes.forms.counting import CountingForm, counting_values
from participation.votes.forms.parts import moment, option_line, to_local, to_utc, whole
from participation.votes.forms.wording import LANGUAGES, TEXTS
from participation.votes.models import Vote
from participation.votes.proposal import Measures, Proposal, Windows
from participation.web.language import _l


class VoteForm(CountingForm):
    """A vote as it is drawn up, in Indonesian and, if wanted, English."""

    check_in_opens = moment(_l("Check-in opens"))
    check_in_closes = moment(_l("Check-in closes"))
    voting_opens = moment(_l("Voting opens"))
    voting_closes = moment(_l("Voting closes"))

    min_group = whole(
        _l("Fewest voters whose ballots are opened"),
        _l("With fewer votes the result would tell who chose what. The roll needs as many."),
        default=Measures().min_group,
    )
    batch_min = whole(
        _l("Fewest ballots published together"),
        _l("More hide better when somebody voted, fewer bring receipts sooner."),
        default=Measures().batch_min,
    )
    epoch_seconds = whole(_l("Seconds between publications"), default=Measures().epoch_seconds)
    max_revisions = whole(
        _l("How often a vote can be changed"),
        _l("The last one counts."),
        default=Measures().max_revisions,
    )

    def command(self) -> Proposal:
        """The vote as it was sent; `Invalid` and `Conflict` are for the services to raise."""
        return Proposal(
            organiser=self.organiser.data,
            wording=self.wording(),
            counting=self.counting(),
            windows=Windows(*(to_utc(self[name].data) for name in _WINDOWS)),
            measures=Measures(
                epoch_seconds=int(self.epoch_seconds.data),
                batch_min=int(self.batch_min.data),
                max_revisions=int(self.max_revisions.data),
                min_group=int(self.min_group.data),
            ),
        )


MEASURES = ("min_group", "batch_min", "epoch_seconds", "max_revisions")
"""The fields with numbers that protect voters."""

_WINDOWS = ("check_in_opens", "check_in_closes", "voting_opens", "voting_closes")


def values_of(vote: Vote) -> dict[str, Any]:
    """What the form shows of a vote that was drawn up before."""
    values: dict[str, Any] = {
        f"{name}_{language}": getattr(vote, name).get(language, "")
        for name in TEXTS[:-1]
        for language in LANGUAGES
    }
    values |= {
        f"options_{language}": "\n".join(
            option_line(each["text"][language]) for each in vote.options
        )
        for language in vote.languages
    }
    values |= {name: to_local(getattr(vote, f"{name}_at")) for name in _WINDOWS}
    values |= {name: getattr(vote, name) for name in ("organiser", *MEASURES)}
    return values | counting_values(vote)
