from deskwell.core.errors import Invalid, NotFound, TooLarge, Unavailable, Unprocessable, WrongType


class FileTooLarge(TooLarge):
    """More bytes than an upload may have."""

    code = "file_too_large"

    def __init__(self, limit: int) -> None:
        super().__init__(f"This file is larger than {limit // (1024 * 1024)} MB. Please send a smaller one.")


class FileRefused(WrongType):
    """A type outside the list, or content that is not what its name says."""

    code = "file_type_refused"


class FileEmpty(Invalid):
    """A file without a single byte."""

    code = "file_empty"

    def __init__(self) -> None:
        super().__init__("This file is empty.", errors=[{"field": "file", "message": "This file is empty."}])


class FileMissing(Unprocessable):
    """The form holds no file."""

    code = "file_missing"

    def __init__(self) -> None:
        message = "Please send the file in the form field `file` (multipart/form-data)."
        super().__init__(message, errors=[{"field": "file", "message": message}])


class FileNotFound(NotFound):
    """Unknown, not yours, or gone from the storage."""

    code = "file_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such file.")


class StorageUnavailable(Unavailable):
    """The storage is full or does not answer; nothing was kept."""

    code = "storage_unavailable"

    def __init__(self) -> None:
        super().__init__(
            "Files cannot be stored or read at the moment. Please try again in a while.", retry_after=30
        )
