namespace ServerlessCqrs.Operator.Import;

/// <summary>One entry of the file.</summary>
/// <param name="Line">The entry's first line, from 1.</param>
/// <param name="Node">The content that could be read.</param>
/// <param name="Fault">The first fault that the reader found; null if there is none.</param>
public sealed record FileEntry(
    long Line,
    FileNode Node,
    BrokenEntry? Fault);

/// <summary>An entry that cannot be imported.</summary>
/// <param name="Line">The line of the fault, from 1.</param>
public sealed record BrokenEntry(
    long Line,
    string Reason);

/// <summary>A value in the file.</summary>
/// <param name="Line">The value's first line, from 1.</param>
public abstract record FileNode(long Line);

/// <param name="IsPlain">True for a scalar without quotes: YAML can read it as a number, a date, true, false or
/// null.</param>
public sealed record FileScalar(
    long Line,
    string Text,
    bool IsPlain) : FileNode(Line);

public sealed record FileList(
    long Line,
    IReadOnlyList<FileNode> Elements) : FileNode(Line);

/// <param name="Fields">The fields by name, each with the line of its name.</param>
public sealed record FileMap(
    long Line,
    IReadOnlyDictionary<string, (long Line, FileNode Value)> Fields) : FileNode(Line);
