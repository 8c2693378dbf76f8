using ServerlessCqrs.Operating;

namespace ServerlessCqrs.Operator.Import;

/// <summary>
/// A file to import. It is streamed, never held in memory. The import reads it twice and so finds all faults before it
/// sends a command.
/// </summary>
/// <param name="map">Maps an entry to an item, or to its first fault.</param>
/// <param name="leftOut">Allowed fields that the import ignores.</param>
public sealed class ImportFile<T>(string file, Func<FileEntry, (T? Item, BrokenEntry? Fault)> map, params IReadOnlyCollection<string> leftOut)
    where T : class
{
    /// <summary>Reads the whole file, counts its items and collects its faults.</summary>
    /// <param name="look">Receives every item that can be imported.</param>
    /// <exception cref="OperatorException">The file cannot be read, is not YAML, or is not a list.</exception>
    public FileSurvey Survey(Action<T>? look = null)
    {
        List<BrokenEntry> broken = [];
        var ignored = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var items = 0;
        foreach (var entry in Entries())
        {
            var (item, fault) = map(entry);
            if (item is null)
            {
                broken.Add(fault!);
                continue;
            }

            items++;
            look?.Invoke(item);
            foreach (var field in leftOut)
                if (entry.Node is FileMap map && map.Fields.ContainsKey(field)) ignored[field] = ignored.GetValueOrDefault(field) + 1;
        }

        return new FileSurvey(items, broken, ignored);
    }

    /// <summary>The items that can be imported, in the order of the file.</summary>
    /// <inheritdoc cref="Survey"/>
    public IEnumerable<T> Items() => Entries().Select(entry => map(entry).Item).OfType<T>();

    private IEnumerable<FileEntry> Entries()
    {
        using var text = ImportText.Open(file);
        foreach (var entry in FileReader.Read(file, text)) yield return entry;
    }
}

/// <param name="Items">The number of items that can be imported.</param>
/// <param name="LeftOut">The number of items with an ignored field, by the field's name.</param>
public sealed record FileSurvey(
    int Items,
    IReadOnlyList<BrokenEntry> Broken,
    IReadOnlyDictionary<string, int> LeftOut);
