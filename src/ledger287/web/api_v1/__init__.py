"""The API, version 1: its questions (asking, operations, posting), its answers, its OpenAPI document."""
