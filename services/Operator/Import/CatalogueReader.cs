using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ServerlessCqrs.Operator.Import;

/// <summary>Reads a YAML list of mappings one entry at a time, so that a catalogue may be of any length. An entry that makes no sense is given with its fault; a file that is no YAML cannot be read on.</summary>
public static class CatalogueReader
{
    /// <exception cref="OperatorException">The text is no YAML, or no list.</exception>
    public static IEnumerable<CatalogueEntry> Read(string file, TextReader text)
    {
        var parser = new Parser(text);
        Begin(file, parser);
        while (Next(file, parser) is { } entry) yield return entry;
    }

    private static void Begin(string file, Parser parser) => Guard(file, () =>
    {
        parser.Consume<StreamStart>();
        if (!parser.TryConsume<DocumentStart>(out _)) throw new OperatorException($"{file} is empty.");
        if (!parser.TryConsume<SequenceStart>(out _)) throw new OperatorException($"{file} is no catalogue: it must be a list of products, each beginning with '- '.");
        return true;
    });

    private static CatalogueEntry? Next(string file, Parser parser) => Guard(file, () =>
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
        if (parser.TryConsume<MappingStart>(out _)) return ReadFields(parser, line);
        parser.SkipThisAndNestedEvents();
        return new CatalogueEntry(line, new Dictionary<string, string?>(), "it is no mapping of names to values.");
    });

    private static CatalogueEntry ReadFields(Parser parser, long line)
    {
        var fields = new Dictionary<string, string?>(StringComparer.Ordinal);
        string? fault = null;
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = parser.TryConsume<Scalar>(out var scalar) ? scalar.Value : null;
            if (key is null) parser.SkipThisAndNestedEvents();
            if (!parser.TryConsume<Scalar>(out var value)) parser.SkipThisAndNestedEvents();
            else if (key is not null && !fields.TryAdd(key, IsNull(value) ? null : value.Value)) fault ??= $"it has '{key}' twice.";
        }

        return new CatalogueEntry(line, fields, fault);
    }

    private static bool IsNull(Scalar value) => value.Style == ScalarStyle.Plain && value.Value is "" or "~" or "null";

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
}
