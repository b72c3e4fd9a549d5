"""Personal numbers inside files that people drop in: masked before anything else sees them. Pure."""

from __future__ import annotations

from dataclasses import replace

from assistant.loading.content import Content
from assistant.loading.notes import masked_note
from assistant.privacy import mask


def masked(content: Content) -> Content:
    """Return a content without personal numbers in its title, headings and blocks, and say in its notes which were there."""
    found: dict[str, None] = {}

    def clear(text: str) -> str:
        text, kinds = mask(text)
        found.update(dict.fromkeys(kinds))
        return text

    sections = tuple(
        replace(
            section,
            headings=tuple(clear(heading) for heading in section.headings),
            blocks=tuple(replace(block, text=clear(block.text)) for block in section.blocks),
        )
        for section in content.sections
    )
    title = clear(content.title)
    return replace(content, sections=sections, title=title, notes=(*content.notes, *masked_note(tuple(found))))
