"""Mutations: input, verb, payload, one file per subject."""
