"""Requisitions: what a firm's people need, approved by whom its own rules name, then sourced or ordered."""
