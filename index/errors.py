"""Every error that a user can meet, and its Danish sentence: what is wrong, what was seen, what to do.

KildesvarError
├── FolderError            the folder of documents cannot be used
├── ModelError             the embedding model cannot be had or loaded
├── LibraryError           the library on disk cannot be used
│   ├── LibraryBusy        another program is writing it
│   └── OutdatedState      it has been published anew since a reader began to look
├── QuestionError          the question cannot be asked as it stands
├── SettingError           an option has a value that cannot be used
├── AddingError            a file cannot be added to the library, or be taken out again
├── OutputError            what a command says cannot be written
└── ChatError              the chat cannot be started

`UnreadableFile` is not for users: it is how a reader says why one file was skipped, and the
reason ends in the report of `kildesvar index`.
"""


class KildesvarError(Exception):
    """Base class: `str(error)` is one Danish line that may be shown to the user as it is."""


class FolderError(KildesvarError):
    """The folder of documents is missing, not a folder, or cannot be read, or a file in it not deleted."""


class ModelError(KildesvarError):
    """The embedding model cannot be found, checked, converted or loaded."""


class LibraryError(KildesvarError):
    """The library on disk cannot be opened, written or trusted."""


class LibraryBusy(LibraryError):  # noqa: N818 - it is a state that callers meet
    """Another program is writing the library; what it published last can be read meanwhile."""


class OutdatedState(LibraryError):  # noqa: N818 - it is a state that callers meet
    """A newer state has been published than the one that is looked at; to look again gives that."""


class QuestionError(KildesvarError):
    """The question is empty, too long, or holds no words."""


class SettingError(KildesvarError):
    """A setting has a value that cannot be used."""


class AddingError(KildesvarError):
    """A file cannot be added to the library, or be taken out again."""


class OutputError(KildesvarError):
    """What a command says cannot be written, for instance because the disk is full."""


class ChatError(KildesvarError):
    """The chat cannot be started, for instance because its port is taken."""


class UnreadableFile(Exception):  # noqa: N818 - it is a finding, reported per file, not a failure of the run
    """One file cannot be read; `str(error)` is the Danish reason, a clause without a full stop."""


class UnreadNow(UnreadableFile):
    """One file cannot be read now, for a reason that lies outside of it; so it is tried again."""
