"""Programs told of public changes: what they hear of, how it is written and signed, and how it reaches them."""
