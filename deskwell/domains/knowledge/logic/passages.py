"""Articles cut into passages: the pieces that search and the AI read and cite."""

import re
from dataclasses import dataclass

from markdown_it.token import Token

from .markdown import block_text, parse
from .slugs import slugify, unique

TARGET = 500
LIMIT = 800
_SENTENCE_END = re.compile(r"(?<=[.!?…:;])\s+(?=[\w„“\"'(\[])")


@dataclass(frozen=True)
class Piece:
    """A passage: about 500 characters under one heading, never cut inside a sentence."""

    text: str
    heading_path: tuple[str, ...]
    anchor: str | None


def passages(title: str, body: str) -> list[Piece]:
    """Cut an article at headings first, then at paragraphs, then at sentences.

    Table rows are written as ``column: value``, so that each row makes sense by itself. An article
    without text gives one passage of its title: it can still be found and cited.
    """
    pieces = [piece for section in _sections(body) for piece in _pack(section)]
    return pieces or [Piece(text=title.strip(), heading_path=(), anchor=None)]


@dataclass
class _Section:
    path: tuple[str, ...]
    anchor: str | None
    blocks: list[str]


def _sections(body: str) -> list[_Section]:
    sections = [_Section((), None, [])]
    trail: list[tuple[int, str]] = []
    taken: set[str] = set()
    tokens = parse(body)
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.type == "heading_open":
            text = block_text(tokens[index + 1])
            level = int(token.tag[1])
            trail = [*(entry for entry in trail if entry[0] < level), (level, text)]
            anchor = unique(slugify(text, fallback="section"), taken)
            taken.add(anchor)
            sections.append(_Section(tuple(name for _, name in trail), anchor, []))
            index += 3
        elif token.type == "table_open":
            index = _read_table(tokens, index, sections[-1].blocks)
        else:
            if text := block_text(token):
                sections[-1].blocks.append(f"• {text}" if _is_in_list(tokens, index) else text)
            index += 1
    return [section for section in sections if section.blocks]


def _is_in_list(tokens: list[Token], index: int) -> bool:
    return index >= 2 and tokens[index].type == "inline" and tokens[index - 2].type == "list_item_open"


def _read_table(tokens: list[Token], index: int, blocks: list[str]) -> int:
    heads: list[str] = []
    row: list[str] = []
    while tokens[index].type != "table_close":
        token = tokens[index]
        if token.type == "inline":
            (heads if tokens[index - 1].type == "th_open" else row).append(block_text(token))
        elif token.type == "tr_close" and row:
            blocks.append(_row_text(heads, row))
            row = []
        index += 1
    return index + 1


def _row_text(heads: list[str], row: list[str]) -> str:
    named = [
        f"{heads[i]}: {cell}" if i < len(heads) and heads[i] else cell for i, cell in enumerate(row) if cell
    ]
    return "; ".join(named)


def _pack(section: _Section) -> list[Piece]:
    packed: list[str] = []
    for part in (part for block in section.blocks for part in _split(block)):
        if packed and len(packed[-1]) + len(part) + 1 <= TARGET:
            packed[-1] = f"{packed[-1]}\n{part}"
        else:
            packed.append(part)
    if len(packed) > 1 and len(packed[-1]) < TARGET // 5 and len(packed[-2]) + len(packed[-1]) < LIMIT:
        packed[-2:] = [f"{packed[-2]}\n{packed[-1]}"]
    return [Piece(text=text, heading_path=section.path, anchor=section.anchor) for text in packed]


def _split(block: str) -> list[str]:
    """A block as it is, or cut at sentences, or, without any, at words."""
    if len(block) <= LIMIT:
        return [block]
    parts: list[str] = []
    for sentence in _SENTENCE_END.split(block):
        for chunk in _words(sentence):
            if parts and len(parts[-1]) + len(chunk) + 1 <= TARGET:
                parts[-1] = f"{parts[-1]} {chunk}"
            else:
                parts.append(chunk)
    return parts


def _words(sentence: str) -> list[str]:
    if len(sentence) <= LIMIT:
        return [sentence]
    chunks: list[str] = [""]
    for word in sentence.split():
        for piece in (word[i : i + TARGET] for i in range(0, len(word), TARGET)):
            if chunks[-1] and len(chunks[-1]) + len(piece) + 1 > TARGET:
                chunks.append("")
            chunks[-1] = f"{chunks[-1]} {piece}".strip()
    return chunks
