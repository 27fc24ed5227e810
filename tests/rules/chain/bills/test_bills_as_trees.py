"""A bill reads as a tree in order, multiplied down to the digit, cut where it is too long; its depth is counted."""

from decimal import Decimal as D

from chain.bills.decisions import Part, circle, levels, taken_by, tree

ROBOT, ARM, MOTOR, SCREW = 1, 2, 3, 4
BILLS = {
    ROBOT: [Part(ARM, D(2)), Part(SCREW, D(8))],
    ARM: [Part(MOTOR, D("1"), D(10)), Part(SCREW, D("0.5"))],
}


def test_a_tree_reads_from_the_top_each_part_followed_by_what_it_is_made_of():
    rows, is_cut = tree(BILLS, ROBOT, most=500, deepest=10)

    assert [(r.level, r.parent_id, r.part.component_id, r.total, r.has_bill) for r in rows] == [
        (1, ROBOT, ARM, 2, True),
        (2, ARM, MOTOR, D("2.2"), False),
        (2, ARM, SCREW, 1, False),
        (1, ROBOT, SCREW, 8, False),
    ]
    assert not is_cut


def test_a_tree_too_long_says_so():
    rows, is_cut = tree(BILLS, ROBOT, most=2, deepest=10)

    assert len(rows) == 2 and is_cut


def test_scrap_comes_on_top_to_the_digit():
    assert taken_by(D(3), Part(SCREW, D("0.333333"), D("2.5"))) == D("1.024998975")


def test_depth_is_the_longest_way_down():
    below = {ROBOT: {ARM, SCREW}, ARM: {MOTOR, SCREW}}

    assert [levels(below, x) for x in (ROBOT, ARM, MOTOR)] == [2, 1, 0]


def test_a_circle_is_shown_by_its_shortest_way():
    assert circle({ROBOT: {ARM}, ARM: {MOTOR, SCREW}, MOTOR: {SCREW}, SCREW: {ROBOT}}, ROBOT) == [
        ROBOT,
        ARM,
        SCREW,
        ROBOT,
    ]
    assert circle({ROBOT: {ROBOT}}, ROBOT) == [ROBOT, ROBOT]
