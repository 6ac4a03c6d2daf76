"""What must outlive a block's page state: finished scenario runs, signed pledges, course reviews,
what was watched and answered in films.

Learners and places are stored as the platform's plain ids, not as foreign keys: a record stands even when the account, the
course or this plugin's neighbours are gone. Every "only once" is a database constraint.
"""

from .activity import ActivityStanding, OwnWords
from .base import LearnerRecord
from .case_law import AuthorityProgress, Packet, ReaderMark
from .pledge import (
    PledgeBundle,
    PledgeChain,
    PledgeCopy,
    PledgeEvent,
    PledgeImage,
    PledgeLink,
    PledgePending,
    SignedPledge,
)
from .review import CourseReview
from .scenario import ScenarioDecision, ScenarioRun, ScenarioStart, ScenarioTally
from .video import VideoAnswer, VideoWatch

__all__ = [
    "ActivityStanding",
    "AuthorityProgress",
    "CourseReview",
    "LearnerRecord",
    "OwnWords",
    "Packet",
    "PledgeBundle",
    "PledgeChain",
    "PledgeCopy",
    "PledgeEvent",
    "PledgeImage",
    "PledgeLink",
    "PledgePending",
    "ReaderMark",
    "ScenarioDecision",
    "ScenarioRun",
    "ScenarioStart",
    "ScenarioTally",
    "SignedPledge",
    "VideoAnswer",
    "VideoWatch",
]
