"""The API, version 1: what may be asked (asking, operations, posting), how it is answered, its OpenAPI document."""
