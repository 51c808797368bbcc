"""What outside systems call: the same reads and actions as the pages, as JSON with an OpenAPI description."""
