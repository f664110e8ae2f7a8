"""Static files with hashed names, compressed."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # untyped
    """Leaves source maps alone: the design system's CSS names one that its package lacks."""

    patterns = tuple(
        (
            files,
            tuple(
                pattern
                for pattern in patterns
                if "sourceMappingURL" not in (pattern if isinstance(pattern, str) else pattern[0])
            ),
        )
        for files, patterns in CompressedManifestStaticFilesStorage.patterns
    )
