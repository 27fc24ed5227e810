"""What makes a code a code, and two names near the same."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chain.firms.decisions import check_standing, checked_code, is_credit_code, is_near, likeness, plain_name
from chain.firms.tables import Firm, FirmRole, FirmStanding
from kernel.errors import Invalid, NotAllowedNow
from seeds.cast import PLAYERS, credit_code

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@pytest.mark.feature("A2")
@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("91110000600037341L", "91110000600037341L"),
        ("９１１１００００６０００３７３４１Ｌ", "91110000600037341L"),
        (" 9111 0000-600037341l ", "91110000600037341L"),
    ],
)
def test_a_code_is_read_as_people_write_it(written, code):
    assert checked_code(written) == code
    assert is_credit_code(code)


@pytest.mark.feature("A2")
@pytest.mark.parametrize(
    "written",
    ["", "9111000060003734", "91110000600037341M", "9111000060003734IL", "A1110000600037341L", "9.1110000600037E+17"],
)
def test_what_does_not_check_is_no_code(written):
    with pytest.raises(Invalid) as refused:
        checked_code(written)

    assert refused.value.fields == ("code",)


@given(st.integers(0, 9999), st.integers(0, 17), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_found(number, place, other):
    code = credit_code(number)
    mistyped = code[:place] + other + code[place + 1 :]

    assert is_credit_code(code)
    assert is_credit_code(mistyped) is (mistyped == code)


@pytest.mark.feature("A2")
@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("苏州精齿传动有限公司", "苏州市精齿传动股份有限公司", True),
        ("苏州精齿传动有限公司", "精齿传动（苏州）有限公司", True),
        ("苏州精齿传动有限公司", "苏州精齿传动科技有限公司", True),
        ("苏州精齿传动有限公司", "苏州 精 齿 传 动 有 限 公 司", True),
        ("龙腾智能装备(南京)有限公司", "南京龙腾智能装备集团有限公司", True),
        ("Jingchi Drives Co., Ltd.", "ＪＩＮＧＣＨＩ DRIVES Limited", True),
        ("苏州精齿传动有限公司", "苏州恒轴轴承有限公司", False),
        ("南通特钢有限公司", "南通液压有限公司", False),
        ("苏州有限公司", "苏州公司", True),
    ],
)
def test_legal_form_place_brackets_and_width_do_not_make_two_names_of_one(one, other, near):
    assert is_near(one, other) is near
    assert likeness(one, other) == pytest.approx(likeness(other, one), abs=0.2)


def test_the_cast_has_no_two_like_names():
    names = [player.name for player in PLAYERS]

    assert [(a, b) for a in names for b in names if a < b and is_near(a, b)] == []


def test_a_name_of_nothing_but_common_words_keeps_its_letters():
    assert plain_name("江苏有限公司") == "江苏有限公司"
    assert plain_name("中国江苏集团") == "中国江苏集团"


@pytest.mark.feature("A1")
@pytest.mark.parametrize(
    ("standing", "rule"), [(FirmStanding.APPLYING, "firm.not_confirmed"), (FirmStanding.MERGED, "firm.merged")]
)
def test_only_a_confirmed_firm_trades_and_the_refusal_says_who_can_lift_it(standing, rule):
    firm = Firm(
        name="某厂", code=credit_code(1), role=FirmRole.SUPPLIER, prefecture="320500", registered_at=datetime.now(UTC)
    )
    check_standing(firm)
    firm.standing = standing

    with pytest.raises(NotAllowedNow) as refused:
        check_standing(firm)

    assert refused.value.rule.id == rule
    assert refused.value.rule.lifted_by_zh
