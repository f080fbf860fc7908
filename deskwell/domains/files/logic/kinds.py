"""The kinds of files an upload may be, and by which names they go."""

OCTETS = "application/octet-stream"
TEXT = "text/plain"
CSV = "text/csv"
ZIP = "application/zip"
PDF = "application/pdf"
DOC = "application/msword"
XLS = "application/vnd.ms-excel"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MP4 = "video/mp4"
QUICKTIME = "video/quicktime"
MPEG = "video/mpeg"
MP3 = "audio/mpeg"
WAV = "audio/wav"

EXTENSIONS = {
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "jfif": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "pdf": PDF,
    "doc": DOC,
    "docx": DOCX,
    "xls": XLS,
    "xlsx": XLSX,
    "txt": TEXT,
    "csv": CSV,
    "zip": ZIP,
    "mp4": MP4,
    "m4v": MP4,
    "mpeg": MPEG,
    "mpg": MPEG,
    "mov": QUICKTIME,
    "qt": QUICKTIME,
    "mp3": MP3,
    "wav": WAV,
}
ACCEPTED = frozenset(EXTENSIONS.values())
IMAGES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
OFFICE = frozenset({DOC, DOCX, XLS, XLSX})
LISTED = "JPEG, PNG, GIF, WebP, PDF, DOC, DOCX, XLS, XLSX, TXT, CSV, ZIP, MP4, MPEG, QuickTime, MP3 and WAV"


def extension_of(name: str) -> str:
    """The part after the last dot, lower case; empty when there is none."""
    stem, dot, extension = name.rpartition(".")
    return extension.lower() if dot and stem else ""
