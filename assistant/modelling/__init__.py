"""The language model at the other end of `MODEL_URL`: which addresses are allowed, when it is left alone, how it is called."""

from assistant.modelling.client import ChatWriter, make_writer

__all__ = ["ChatWriter", "make_writer"]
