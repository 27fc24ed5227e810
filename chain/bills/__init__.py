"""Bills of material: what an item is made of, said by its maker, one level at a time."""
