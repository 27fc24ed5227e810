"""The API contract: schema, types, mutations and the door they are reached through."""
