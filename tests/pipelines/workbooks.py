"""Workbooks made by tests, part by part: whatever an XLSX or ODS can hold, or never should."""

import io
import zipfile
from dataclasses import dataclass
from html import escape

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
# Cell style 1 shows a number as a date, style 2 as minutes and seconds.
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/>'
    '<numFmt numFmtId="165" formatCode="mm:ss.0"/></numFmts><cellXfs count="3"><xf numFmtId="0"/>'
    '<xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/></cellXfs>'
    "</styleSheet>"
)


@dataclass(frozen=True)
class Raw:
    """A cell as XML, `{place}` standing for its address: a formula, a failure, a styled number."""

    xml: str


def day(serial: float) -> Raw:
    """A true date: days since the workbook's beginning of time."""
    return Raw(f'<c r="{{place}}" s="1"><v>{serial}</v></c>')


def clock(serial: float) -> Raw:
    """A time of day."""
    return Raw(f'<c r="{{place}}" s="2"><v>{serial}</v></c>')


def formula(value: str | None, kind: str = "str") -> Raw:
    """A formula with its cached value; None: no program has calculated it."""
    cached = "" if value is None else f"<v>{escape(value)}</v>"
    given = "" if value is None else f' t="{kind}"'
    return Raw(f'<c r="{{place}}"{given}><f>A1</f>{cached}</c>')


def xlsx(sheets: dict[str, list[list]], merged=(), is_1904=False, hidden=(), **parts: bytes) -> bytes:
    """An XLSX of sheets of rows (None is no cell); `parts` replaces or adds parts by name (`/` as `__`)."""
    listed, related, content = "", "", {}
    for number, (name, rows) in enumerate(sheets.items(), start=1):
        state = ' state="hidden"' if name in hidden else ""
        listed += f'<sheet name="{escape(name)}" sheetId="{number}"{state} r:id="rId{number}"/>'
        kind = f"{_RELATED}/worksheet"
        related += f'<Relationship Id="rId{number}" Type="{kind}" Target="worksheets/sheet{number}.xml"/>'
        content[f"xl/worksheets/sheet{number}.xml"] = _sheet(rows, merged)
    about = '<workbookPr date1904="1"/>' if is_1904 else "<workbookPr/>"
    styles = f'<Relationship Id="rIdS" Type="{_RELATED}/styles" Target="styles.xml"/>'
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    content |= {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="rId1" '
        f'Type="{_RELATED}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATED}">{about}'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}">{related}{styles}</Relationships>',
        "xl/styles.xml": _STYLES,
    }
    return archive(content | {name.replace("__", "/"): part for name, part in parts.items()})


def _sheet(rows: list[list], merged) -> str:
    lines = [
        f'<row r="{number}">{"".join(_cell(cell, place, number) for place, cell in enumerate(row))}</row>'
        for number, row in enumerate(rows, start=1)
        if row
    ]
    spans = "".join(f'<mergeCell ref="{span}"/>' for span in merged)
    spans = f"<mergeCells>{spans}</mergeCells>" if spans else ""
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(lines)}</sheetData>{spans}</worksheet>'


def _cell(cell: object, place: int, row: int) -> str:
    address = f"{chr(ord('A') + place)}{row}"
    if isinstance(cell, Raw):
        return cell.xml.format(place=address)
    if isinstance(cell, bool):
        return f'<c r="{address}" t="b"><v>{int(cell)}</v></c>'
    if isinstance(cell, (int, float)):
        return f'<c r="{address}"><v>{cell!r}</v></c>'
    text = "" if cell is None else f"<is><t>{escape(str(cell))}</t></is>"
    return f'<c r="{address}" t="inlineStr">{text}</c>' if text else ""


def ods(sheets: dict[str, list[list]], extra: str = "") -> bytes:
    """An ODS of sheets of rows; a Raw cell is the XML of a table:table-cell."""
    space = "urn:oasis:names:tc:opendocument:xmlns"
    tables = "".join(
        f'<table:table table:name="{escape(name)}">{"".join(map(_ods_row, rows))}{extra}</table:table>'
        for name, rows in sheets.items()
    )
    content = (
        f'<office:document-content xmlns:office="{space}:office:1.0" xmlns:table="{space}:table:1.0" '
        f'xmlns:text="{space}:text:1.0" xmlns:calcext="urn:org:documentfoundation:names:experimental:'
        f'calc:xmlns:calcext:1.0"><office:body><office:spreadsheet>{tables}</office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        f'<manifest:manifest xmlns:manifest="{space}:manifest:1.0"><manifest:file-entry '
        f'manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    return archive({"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content})


def _ods_row(row: list) -> str:
    return f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>"


def _ods_cell(cell: object) -> str:
    if isinstance(cell, Raw):
        return cell.xml
    if not cell:
        return "<table:table-cell/>"
    text = f"<text:p>{escape(str(cell))}</text:p>"
    return f'<table:table-cell office:value-type="string">{text}</table:table-cell>'


def archive(parts: dict[str, str | bytes]) -> bytes:
    """A ZIP of these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return made.getvalue()
