"""Pages of paper: a head, facts, a table whose head is repeated on every page, texts, a foot with page numbers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from exchange.printing.fonts import broken, runs, width_of

WIDTH, HEIGHT = A4
MARGIN, FOOT = 42.0, 54.0
USABLE = WIDTH - 2 * MARGIN
SIZE, SMALL, LARGE, TITLE = 9.0, 7.5, 11.0, 16.0
LEADING = 1.4
INK, SOFT, RULE_GREY, FILL = 0.0, 0.38, 0.65, 0.93
GAP = 6.0

Draw = Callable[[Canvas], None]


@dataclass(frozen=True)
class Column:
    """``share`` of the table's width; figures stand to the right."""

    title: str
    share: float
    figures: bool = False


@dataclass(frozen=True)
class Party:
    """What a firm is here, its name, and what else identifies it."""

    role: str
    name: str
    details: Sequence[str] = ()


class Sheet:
    """A document being laid out from top to bottom; ``finished`` gives its bytes, the same for the same content."""

    def __init__(self, *, title: str, number: str, foot: str, page_of: Callable[[int, int], str]) -> None:
        """foot: at the left of every page. page_of: (page, pages) -> what stands at its right."""
        self.title, self.number, self.foot, self.page_of = title, number, foot, page_of
        self.pages: list[list[Draw]] = []
        self.y = 0.0
        self._new_page()
        self._line(title, TITLE, MARGIN, self.y)
        self._line_right(number, LARGE, WIDTH - MARGIN, self.y)
        self.y -= TITLE * LEADING
        self._rule(self.y + 4)

    def parties(self, *parties: Party) -> None:
        """Side by side."""
        width = USABLE / len(parties)
        tops, y = [], self.y - SIZE
        for place, party in enumerate(parties):
            x, at = MARGIN + place * width, y
            self._line(party.role, SMALL, x, at, grey=SOFT)
            at -= SIZE * LEADING
            for text in broken(party.name, width - GAP, LARGE):
                self._line(text, LARGE, x, at)
                at -= LARGE * LEADING
            for detail in party.details:
                for text in broken(detail, width - GAP, SMALL):
                    self._line(text, SMALL, x, at, grey=SOFT)
                    at -= SMALL * LEADING
            tops.append(at)
        self.y = min(tops) - GAP

    def facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Three to a row: what, and under it the value."""
        width = USABLE / 3
        for start in range(0, len(facts), 3):
            self._room(3 * SIZE * LEADING)
            lowest = self.y
            for place, (what, value) in enumerate(facts[start : start + 3]):
                x, at = MARGIN + place * width, self.y
                self._line(what, SMALL, x, at, grey=SOFT)
                for text in broken(value, width - GAP, SIZE):
                    at -= SIZE * LEADING
                    self._line(text, SIZE, x, at)
                lowest = min(lowest, at)
            self.y = lowest - 3.5 * GAP

    def table(self, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
        """A row never breaks over two pages, unless it is longer than one."""
        widths = [USABLE * column.share for column in columns]
        self._head(columns, widths)
        for row in rows:
            cells = [broken(text, width - GAP, SIZE) for text, width in zip(row, widths, strict=True)]
            for part in _parts(cells, _most_lines()):
                height = max(len(cell) for cell in part) * SIZE * LEADING + GAP
                if self.y - height < FOOT:
                    self._new_page()
                    self._head(columns, widths)
                self._row(columns, widths, part)
                self.y -= height
                self._rule(self.y + SIZE, grey=RULE_GREY, thin=True)

    def sums(self, sums: Sequence[tuple[str, str]]) -> None:
        """At the right, below the table."""
        for what, value in sums:
            self._room(LARGE * LEADING)
            self._line_right(f"{what}  {value}", LARGE, WIDTH - MARGIN, self.y - 4)
            self.y -= LARGE * LEADING + 2

    def text(self, what: str, text: str) -> None:
        """A paragraph under a small head, over as many pages as it takes."""
        if not text:
            return
        self._room(3 * SIZE * LEADING)
        self.y -= GAP
        self._line(what, SMALL, MARGIN, self.y, grey=SOFT)
        self.y -= SIZE * LEADING
        for line in broken(text, USABLE, SIZE):
            self._room(SIZE * LEADING)
            self._line(line, SIZE, MARGIN, self.y)
            self.y -= SIZE * LEADING

    def signatures(self, *who: str) -> None:
        """A line each to sign on, side by side."""
        self._room(60)
        self.y -= 44
        width = USABLE / len(who)
        for place, said in enumerate(who):
            x = MARGIN + place * width
            self.pages[-1].append(_stroke(x, self.y, x + width - 24, self.y, INK, 0.5))
            self._line(said, SMALL, x, self.y - SMALL * LEADING, grey=SOFT)
        self.y -= 2 * SMALL * LEADING

    def finished(self, *, language: str) -> bytes:
        out = BytesIO()
        # Made without its hour, so that whoever asks twice gets the same bytes.
        canvas = Canvas(out, pagesize=A4, invariant=1, pageCompression=1, lang=language)
        canvas.setTitle(f"{self.title} {self.number}")
        canvas.setCreator("chainmaster")
        for place, page in enumerate(self.pages, start=1):
            for draw in page:
                draw(canvas)
            _writing(self.foot, SMALL, MARGIN, FOOT - 24, SOFT)(canvas)
            said = self.page_of(place, len(self.pages))
            _writing(said, SMALL, WIDTH - MARGIN - width_of(said, SMALL), FOOT - 24, SOFT)(canvas)
            canvas.showPage()
        canvas.save()
        return out.getvalue()

    def _head(self, columns: Sequence[Column], widths: Sequence[float]) -> None:
        cells = [broken(column.title, width - GAP, SMALL) for column, width in zip(columns, widths, strict=True)]
        height = max(len(cell) for cell in cells) * SMALL * LEADING + GAP
        self._room(height + 3 * SIZE * LEADING)
        bottom = self.y - height + SIZE
        self.pages[-1].append(_filled(MARGIN, bottom, USABLE, height))
        self._row(columns, widths, cells, size=SMALL)
        self.y -= height

    def _row(
        self, columns: Sequence[Column], widths: Sequence[float], cells: Sequence[Sequence[str]], *, size: float = SIZE
    ) -> None:
        x = MARGIN
        for column, width, cell in zip(columns, widths, cells, strict=True):
            for place, text in enumerate(cell):
                at = self.y - place * size * LEADING
                if column.figures:
                    self._line_right(text, size, x + width - GAP, at)
                else:
                    self._line(text, size, x + 2, at)
            x += width

    def _room(self, height: float) -> None:
        if self.y - height < FOOT:
            self._new_page()

    def _new_page(self) -> None:
        self.pages.append([])
        self.y = HEIGHT - MARGIN - TITLE
        if len(self.pages) > 1:
            self._line(self.title, SMALL, MARGIN, self.y + 6, grey=SOFT)
            self._line_right(self.number, SMALL, WIDTH - MARGIN, self.y + 6, grey=SOFT)
            self.y -= SIZE * LEADING

    def _line(self, text: str, size: float, x: float, y: float, *, grey: float = INK) -> None:
        self.pages[-1].append(_writing(text, size, x, y, grey))

    def _line_right(self, text: str, size: float, x: float, y: float, *, grey: float = INK) -> None:
        self._line(text, size, x - width_of(text, size), y, grey=grey)

    def _rule(self, y: float, *, grey: float = INK, thin: bool = False) -> None:
        self.pages[-1].append(_stroke(MARGIN, y, WIDTH - MARGIN, y, grey, 0.3 if thin else 0.8))


def _most_lines() -> int:
    """How many lines of a cell fit on a page below the table's head."""
    return int((HEIGHT - 2 * MARGIN - FOOT - 60) / (SIZE * LEADING))


def _parts(cells: Sequence[Sequence[str]], most: int) -> list[list[Sequence[str]]]:
    """A row in pieces that each fit on a page."""
    longest = max((len(cell) for cell in cells), default=1)
    return [[cell[start : start + most] for cell in cells] for start in range(0, max(1, longest), most)]


def _writing(text: str, size: float, x: float, y: float, grey: float) -> Draw:
    def draw(canvas: Canvas) -> None:
        at = canvas.beginText(x, y)
        at.setFillGray(grey)
        for font, piece in runs(text):
            at.setFont(font, size)
            at.textOut(piece)
        canvas.drawText(at)

    return draw


def _stroke(x: float, y: float, to_x: float, to_y: float, grey: float, thick: float) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.setStrokeGray(grey)
        canvas.setLineWidth(thick)
        canvas.line(x, y, to_x, to_y)

    return draw


def _filled(x: float, y: float, width: float, height: float) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.setFillGray(FILL)
        canvas.rect(x, y, width, height, stroke=0, fill=1)

    return draw
