"""Organisers register the programs that are told, and see what reached them; the worker tells them."""
