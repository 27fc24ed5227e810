"""What the questions share: an id as argument, a page of rows as answer."""

from typing import Any

import graphene

from api.types.fields import paged
from kernel.paging import Page


def by_id(description: str) -> graphene.Argument:
    return graphene.Argument(graphene.NonNull(graphene.ID), description=description)


def listed(info: Any, batch: str, found: Page) -> dict[str, Any]:
    info.context.batches.listed(batch, found.rows)
    return paged(found)
