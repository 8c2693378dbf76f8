using ServerlessCqrs.Operating;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ServerlessCqrs.Operator.Import;

/// <summary>
/// Reads a YAML list one entry at a time, so memory does not limit the file's length. It accepts one document of lists,
/// mappings and scalars. Anchors, aliases, merge keys and tags are faults of their entry, because this reader would
/// lose their meaning. Text that is not YAML is a fault of the whole file.
/// </summary>
public static class FileReader
{
    // An order's items, the deepest format, have three levels. Unlimited nesting could overflow the stack.
    private const int MaxDepth = 16;

    /// <exception cref="OperatorException">The text is not YAML, not a list, or more than one document.</exception>
    public static IEnumerable<FileEntry> Read(string file, TextReader text)
    {
        var parser = new Parser(text);
        Begin(file, parser);
        while (Next(file, parser) is { } entry) yield return entry;
    }

    private static void Begin(string file, Parser parser) => Guard(file, parser, () =>
    {
        parser.Consume<StreamStart>();
        if (!parser.TryConsume<DocumentStart>(out _)) throw Refused($"{file} is empty.");
        if (parser.TryConsume<SequenceStart>(out var list))
        {
            var reading = new EntryReading();
            reading.CheckProperties(list);
            return reading.Fault is { } fault ? throw Refused($"{file}, line {fault.Line}: {fault.Reason} Nothing was imported.") : true;
        }

        throw Refused($"{file}, line {parser.Current!.Start.Line}: the file must be a list, in which each entry begins with '- '. Nothing was imported.");
    });

    private static FileEntry? Next(string file, Parser parser) => Guard(file, parser, () =>
    {
        if (!parser.Accept<SequenceEnd>(out _))
        {
            var reading = new EntryReading();
            var node = reading.Read(parser, depth: 0);
            return new FileEntry(node.Line, node, reading.Fault);
        }

        parser.Consume<SequenceEnd>();
        parser.Consume<DocumentEnd>();
        if (parser.TryConsume<DocumentStart>(out var second))
            throw Refused($"{file}, line {second.Start.Line}: a second document begins. Put all entries into one list. Nothing was imported.");
        return null;
    });

    /// <summary>
    /// Converts the parser's exceptions. For some texts it throws other types than its own, or an exception without a
    /// position.
    /// </summary>
    private static T Guard<T>(string file, Parser parser, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (YamlException e)
        {
            throw NotYaml(Math.Max(e.Start.Line, LineOf(parser)), e);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            throw NotYaml(LineOf(parser), e);
        }

        OperatorException NotYaml(long line, Exception e) => Refused($"{file} is not YAML, near line {line}: {e.Message} Nothing was imported.", e);
    }

    private static long LineOf(Parser parser) => parser.Current?.End.Line ?? 1;

    private static OperatorException Refused(string message, Exception? inner = null) => new(message, inner, ExitCodes.NotGood);

    /// <summary>Reads one entry to its end and keeps its first fault.</summary>
    private sealed class EntryReading
    {
        public BrokenEntry? Fault { get; private set; }

        public FileNode Read(IParser parser, int depth)
        {
            var line = parser.Current!.Start.Line;
            CheckProperties(parser.Current);
            if (parser.TryConsume<Scalar>(out var scalar)) return new FileScalar(line, scalar.Value, scalar.Style == ScalarStyle.Plain);
            if (depth == MaxDepth && !parser.Accept<AnchorAlias>(out _)) Fail(line, $"values are nested more than {MaxDepth} deep.");
            if (depth < MaxDepth && parser.TryConsume<SequenceStart>(out _)) return ReadList(parser, line, depth);
            if (depth < MaxDepth && parser.TryConsume<MappingStart>(out _)) return ReadMap(parser, line, depth);
            parser.SkipThisAndNestedEvents();
            return new FileScalar(line, "", IsPlain: true);
        }

        public void CheckProperties(ParsingEvent node)
        {
            var line = node.Start.Line;
            if (node is AnchorAlias alias) Fail(line, $"the alias *{alias.Value} is not supported: write the value itself.");
            if (node is not NodeEvent properties) return;
            if (!properties.Anchor.IsEmpty) Fail(line, $"the anchor &{properties.Anchor} is not supported: remove it, and write the value where an alias stands for it.");
            if (!properties.Tag.IsEmpty) Fail(line, $"the tag {properties.Tag} is not supported: remove it.");
        }

        private FileList ReadList(IParser parser, long line, int depth)
        {
            List<FileNode> elements = [];
            while (!parser.TryConsume<SequenceEnd>(out _)) elements.Add(Read(parser, depth + 1));
            return new FileList(line, elements);
        }

        private FileMap ReadMap(IParser parser, long line, int depth)
        {
            var fields = new Dictionary<string, (long Line, FileNode Value)>(StringComparer.Ordinal);
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                var key = Read(parser, depth + 1);
                var value = Read(parser, depth + 1);
                if (key is not FileScalar { Text: { Length: > 0 } name } scalar) Fail(key.Line, "a field has no name.");
                else if (scalar is { IsPlain: true, Text: "<<" }) Fail(key.Line, "the merge key << is not supported: write the fields themselves.");
                else if (!fields.TryAdd(name, (key.Line, value))) Fail(key.Line, $"it has '{name}' twice.");
            }

            return new FileMap(line, fields);
        }

        private void Fail(long line, string reason) => Fault ??= new BrokenEntry(line, reason);
    }
}
