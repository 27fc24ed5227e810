"""A buyer's categories: what they are called, which certificates they need, which items belong to them."""

import re
from collections.abc import Collection, Sequence

from sqlmodel import col

from chain.certificates.decisions import Needed
from chain.certificates.forms import checked_kind
from chain.items.tables import Item
from chain.items.visibility import items_visible_to
from chain.qualification.decisions import kept_as
from chain.qualification.events import CategoryAdded, CategoryChanged, ItemsAssigned
from chain.qualification.tables import CategorizedItem, QualificationCategory
from chain.qualification.visibility import assigned_visible_to, categories_visible_to
from kernel.access import Actor, Role, require
from kernel.errors import Invalid, Limit, NotFound, Rule, Stale
from kernel.work import UnitOfWork

MOST_CATEGORIES, MOST_NEEDS, MOST_ITEMS = 60, 20, 500
TOO_MANY = Rule("qualification.categories", "合并类别", "you, by joining categories")


def category_of(work: UnitOfWork, actor: Actor, category_id: int, *, lock: bool = False) -> QualificationCategory:
    """One of the actor's own categories. Raises NotFound."""
    own = categories_visible_to(actor).where(col(QualificationCategory.buyer_id) == actor.party_id)
    return work.one(own.where(col(QualificationCategory.id) == category_id), lock=lock, field="categoryId")


def add_category(
    work: UnitOfWork, actor: Actor, *, code: str, name: str, name_en: str, needs: Sequence[Needed], qualified_only: bool
) -> QualificationCategory:
    """A lead adds a category to the firm's list. Raises NotAllowedNow, Invalid, Limit."""
    require(actor, Role.LEAD)
    assert actor.party_id is not None
    own = categories_visible_to(actor).where(col(QualificationCategory.buyer_id) == actor.party_id)
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}", code):
        raise Invalid(
            "code", "a code has 1 to 40 letters, digits, dots or dashes", "代码由 1 至 40 位字母、数字、点或短横组成"
        )
    if work.maybe(own.where(col(QualificationCategory.code) == code)) is not None:
        raise Invalid("code", f"you have a category {code} already", f"类别 {code} 已存在")
    if work.count(own) >= MOST_CATEGORIES:
        raise Limit(
            f"a firm has at most {MOST_CATEGORIES} categories", f"每家企业最多 {MOST_CATEGORIES} 个类别", rule=TOO_MANY
        )
    category = QualificationCategory(buyer_id=actor.party_id, code=code, name="", name_en="")
    _fill(category, name, name_en, needs, qualified_only)
    work.add(category)
    assert category.id is not None
    work.record(CategoryAdded(category_id=category.id))
    return category


def change_category(
    work: UnitOfWork, actor: Actor, *, category_id: int, expected_version: int, name: str, name_en: str,
    needs: Sequence[Needed], qualified_only: bool,
) -> QualificationCategory:  # fmt: skip
    """A lead changes what a category is called, needs, or lets through; standings follow. Raises NotFound, Stale, Invalid."""
    category = category_of(work, actor, category_id, lock=True)
    require(actor, Role.LEAD)
    if category.version != expected_version:
        raise Stale(category.version)
    _fill(category, name, name_en, needs, qualified_only)
    category.version += 1
    work.record(CategoryChanged(category_id=category_id))
    return category


def _fill(
    category: QualificationCategory, name: str, name_en: str, needs: Sequence[Needed], qualified_only: bool
) -> None:
    for field, value in (("name", name), ("nameEn", name_en)):
        if not 1 <= len(value.strip()) <= 80 or not value.isprintable():
            raise Invalid(field, "a name has 1 to 80 characters", "名称为 1 至 80 个字符")
    if len(needs) > MOST_NEEDS:
        raise Limit(
            f"a category needs at most {MOST_NEEDS} certificates", f"每个类别最多要求 {MOST_NEEDS} 种证书",
            fields=("needs",), rule=TOO_MANY,
        )  # fmt: skip
    checked = [checked_kind(n.kind, n.named, f"needs.{i}.named") for i, n in enumerate(needs)]
    category.name, category.name_en, category.qualified_only = name.strip(), name_en.strip(), qualified_only
    category.needs = list({n.key: kept_as(n) for n in checked}.values())


def assign_items(
    work: UnitOfWork, actor: Actor, *, category_id: int | None, item_ids: Collection[int]
) -> QualificationCategory | None:
    """Put bought items into a category, out of any other; without one, out of all.

    Who decides what needs a qualified supplier is not who orders: a quality person or a lead does. Raises NotFound.
    """
    category = None if category_id is None else category_of(work, actor, category_id)
    require(actor, Role.QUALITY, Role.LEAD)
    assert actor.party_id is not None
    if not 1 <= len(item_ids) <= MOST_ITEMS:
        raise Invalid("itemIds", f"name 1 to {MOST_ITEMS} items", f"请选择 1 至 {MOST_ITEMS} 个物料")
    known = {item.id for item in work.all(items_visible_to(actor).where(col(Item.id).in_(item_ids)))}
    for position, item_id in enumerate(item_ids):
        if item_id not in known:
            raise NotFound(f"itemIds.{position}")
    own = assigned_visible_to(actor).where(col(CategorizedItem.item_id).in_(item_ids))
    assigned = {row.item_id: row for row in work.all(own, lock=True)}
    for item_id in dict.fromkeys(item_ids):
        row = assigned.get(item_id)
        if row is not None:
            row.category_id = category_id
        elif category_id is not None:
            work.session.add(CategorizedItem(buyer_id=actor.party_id, category_id=category_id, item_id=item_id))
    work.session.flush()
    work.record(ItemsAssigned(category_id=category_id, items=len(item_ids)))
    return category
