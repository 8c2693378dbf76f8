using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ServerlessCqrs.Operator.Import;

/// <summary>Reads a YAML list of mappings one entry at a time, so that a file may be of any length. An entry that makes no sense is given with its fault; a file that is no YAML cannot be read on.</summary>
public static class FileReader
{
    /// <exception cref="OperatorException">The text is no YAML, or no list.</exception>
    public static IEnumerable<FileEntry> Read(string file, TextReader text)
    {
        var parser = new Parser(text);
        Begin(file, parser);
        while (Next(file, parser) is { } entry) yield return entry;
    }

    private static void Begin(string file, Parser parser) => Guard(file, () =>
    {
        parser.Consume<StreamStart>();
        if (!parser.TryConsume<DocumentStart>(out _)) throw new OperatorException($"{file} is empty.");
        if (!parser.TryConsume<SequenceStart>(out _)) throw new OperatorException($"{file} cannot be imported: it must be a list, each of its entries beginning with '- '.");
        return true;
    });

    private static FileEntry? Next(string file, Parser parser) => Guard(file, () =>
    {
        if (parser.TryConsume<SequenceEnd>(out _))
        {
            // What follows the list is read as well: a file that ends in rubbish is not imported in part.
            while (parser.MoveNext())
            {
            }

            return null;
        }

        var line = parser.Current!.Start.Line;
        var mapping = new Mapping();
        if (parser.Accept<MappingStart>(out _))
        {
            mapping.Read(parser);
        }
        else
        {
            parser.SkipThisAndNestedEvents();
            mapping.Fault = "it is no mapping of names to values.";
        }

        return new FileEntry(line, mapping.Fields, mapping.Lists, mapping.Fault);
    });

    private static T Guard<T>(string file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (YamlException e)
        {
            throw new OperatorException($"{file} is no YAML, line {e.Start.Line}, column {e.Start.Column}: {e.Message} Nothing was imported.", e);
        }
    }

    private sealed class Mapping
    {
        public Dictionary<string, string?> Fields { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, IReadOnlyList<IReadOnlyDictionary<string, string?>>> Lists { get; } = new(StringComparer.Ordinal);

        public string? Fault { get; set; }

        public void Read(Parser parser)
        {
            parser.Consume<MappingStart>();
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                if (!parser.TryConsume<Scalar>(out var key))
                {
                    parser.SkipThisAndNestedEvents();
                    parser.SkipThisAndNestedEvents();
                    continue;
                }

                if (Fields.ContainsKey(key.Value) || Lists.ContainsKey(key.Value)) Fault ??= $"it has '{key.Value}' twice.";
                if (parser.TryConsume<Scalar>(out var value)) Fields[key.Value] = IsNull(value) ? null : value.Value;
                else if (parser.TryConsume<SequenceStart>(out _)) Lists[key.Value] = ReadList(parser);
                else parser.SkipThisAndNestedEvents();
            }
        }

        private List<IReadOnlyDictionary<string, string?>> ReadList(Parser parser)
        {
            List<IReadOnlyDictionary<string, string?>> elements = [];
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                var element = new Mapping();
                if (parser.Accept<MappingStart>(out _)) element.Read(parser);
                else parser.SkipThisAndNestedEvents();
                Fault ??= element.Fault;
                elements.Add(element.Fields);
            }

            return elements;
        }

        private static bool IsNull(Scalar value) => value.Style == ScalarStyle.Plain && value.Value is "" or "~" or "null";
    }
}
