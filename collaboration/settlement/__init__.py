"""Invoices, their match with orders and receipts, answers to them, releases and credit notes (发票与三单匹配)."""
