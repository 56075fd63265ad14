"""The API, version 1: its questions (parameters, operations, posting), its answers, its OpenAPI document."""
