"""What both parties of an order see: lists, order, deliveries, timeline (协同采购、协同配送)."""
