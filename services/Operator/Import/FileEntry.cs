namespace ServerlessCqrs.Operator.Import;

/// <summary>One entry as the file has it.</summary>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="Node">What it holds, as far as it could be read.</param>
/// <param name="Fault">The first thing in it that the reader does not understand; null if there is none.</param>
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
/// <param name="Line">Where it begins, from 1.</param>
public abstract record FileNode(long Line);

/// <param name="IsPlain">True without quotes: then YAML may take it for a number, a date, true, false or null.</param>
public sealed record FileScalar(
    long Line,
    string Text,
    bool IsPlain) : FileNode(Line);

public sealed record FileList(
    long Line,
    IReadOnlyList<FileNode> Elements) : FileNode(Line);

/// <param name="Fields">By name, each with the line of its name.</param>
public sealed record FileMap(
    long Line,
    IReadOnlyDictionary<string, (long Line, FileNode Value)> Fields) : FileNode(Line);
