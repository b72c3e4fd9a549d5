"""The errors that a person can do something about; every message names the thing and the way out.

AssistantError
├── SettingsError      a setting is unknown or malformed
├── EncoderError       the encoder is missing, broken or of another kind than the index
├── CorpusError        the corpus folder or one of its YAML/JSONL files can't be used
├── IndexMissingError  there is no published snapshot yet
├── IndexBrokenError   a snapshot is damaged, foreign or was made with another encoder
├── IndexAwayError     the Chroma server can't be reached
├── IngestBusyError    another ingest is running
├── QuestionError      the question can't be taken (empty, too long)
├── RecordsError       the database of records can't be reached, is damaged or of another version
├── PackageError       a backup or bundle is damaged, foreign, unsigned or does not fit here
├── AccessError        a person may not do this, or is not who they say
│   └── TooOftenError  … not yet: too many acts in a minute
├── ModelError         the language model can't be used now; the answer is given by quotation then
└── InputError         a form's value can't be taken (a short password, an unknown kabupaten)
"""


class AssistantError(Exception):
    """Base of all expected errors; the edge (command, screen) turns it into one message."""


class SettingsError(AssistantError):
    """A setting is unknown or malformed."""


class EncoderError(AssistantError):
    """The encoder is missing, broken or of another kind than the index."""


class CorpusError(AssistantError):
    """The corpus folder or one of its data files can't be used."""


class IndexMissingError(AssistantError):
    """No snapshot has been published yet."""


class IndexBrokenError(AssistantError):
    """A snapshot is damaged, foreign or was made with another encoder."""


class IndexAwayError(AssistantError):
    """The Chroma server that holds the vectors can't be reached; it may come back."""


class IngestBusyError(AssistantError):
    """Another ingest is running."""


class QuestionError(AssistantError):
    """The question can't be taken as it is."""


class RecordsError(AssistantError):
    """The database of records can't be reached, is damaged or of another version."""


class PackageError(AssistantError):
    """A backup or a bundle is damaged, foreign, not signed by whom it should be, or does not fit here."""


class AccessError(AssistantError):
    """A person may not do this, or is not who they say they are."""


class TooOftenError(AccessError):
    """Somebody did something too often; `seconds` is how long to wait."""

    def __init__(self, message: str, *, seconds: int) -> None:
        """Tell `message`, which names the seconds too."""
        super().__init__(message)
        self.seconds = seconds


class InputError(AssistantError):
    """A value of a form can't be taken as it is."""


class ModelError(AssistantError):
    """The language model can't be used now; its message is a short reason without addresses and keys."""
