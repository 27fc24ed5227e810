"""The life of an application: each state is named after the step that is to be done next (Tractus-X onboarding)."""

from enum import StrEnum

from kernel.lifecycle import Lifecycle, Move


class ApplicationState(StrEnum):
    CREATED = "created"  # invited; nobody has begun
    ADD_COMPANY_DATA = "add_company_data"
    INVITE_USER = "invite_user"
    SELECT_COMPANY_ROLE = "select_company_role"
    UPLOAD_DOCUMENTS = "upload_documents"
    VERIFY = "verify"  # everything is there: the applicant looks it over
    SUBMITTED = "submitted"  # the reviewer owes an answer
    CONFIRMED = "confirmed"
    DECLINED = "declined"  # with a reason; may be mended and submitted again


class ApplicationSide(StrEnum):
    """Who stands on which side of an application."""

    APPLICANT = "applicant"
    REVIEWER = "reviewer"


APPLICANT, REVIEWER = ApplicationSide
CREATED, DATA, PEOPLE, ROLE, PAPERS, VERIFY, SUBMITTED, CONFIRMED, DECLINED = ApplicationState

APPLICATION_LIFE = Lifecycle(
    ("application", "入驻申请"),
    #    verb                    by         while in                                       becomes
    Move("begin_application",    APPLICANT, {CREATED},                                     DATA),
    Move("describe_company",     APPLICANT, {DATA, PEOPLE, ROLE, PAPERS, VERIFY, DECLINED}, PEOPLE),
    Move("invite_users",         APPLICANT, {PEOPLE, ROLE, PAPERS, VERIFY},                ROLE),
    Move("select_company_role",  APPLICANT, {ROLE, PAPERS, VERIFY},                        PAPERS),
    Move("upload_documents",     APPLICANT, {PAPERS, VERIFY},                              VERIFY),
    Move("submit_application",   APPLICANT, {VERIFY},                                      SUBMITTED),
    Move("confirm_application",  REVIEWER,  {SUBMITTED},                                   CONFIRMED),
    Move("decline_application",  REVIEWER,  {SUBMITTED},                                   DECLINED),
    begins={CREATED},
)  # fmt: skip
