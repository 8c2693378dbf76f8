namespace ServerlessCqrs.Operator.Import;

/// <summary>A file to import. It is read as it is needed and never held whole. It is read twice, so all faults are known before anything is sent.</summary>
/// <param name="map">What an entry means, or its first fault.</param>
/// <param name="leftOut">Fields that a file may have and nothing is made of.</param>
public sealed class ImportFile<T>(string file, Func<FileEntry, (T? Item, BrokenEntry? Fault)> map, params IReadOnlyCollection<string> leftOut)
    where T : class
{
    /// <summary>What the file holds.</summary>
    /// <param name="look">Sees every item that can be imported.</param>
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

    /// <summary>What can be imported, in the order of the file.</summary>
    /// <inheritdoc cref="Survey"/>
    public IEnumerable<T> Items() => Entries().Select(entry => map(entry).Item).OfType<T>();

    private IEnumerable<FileEntry> Entries()
    {
        using var text = ImportText.Open(file);
        foreach (var entry in FileReader.Read(file, text)) yield return entry;
    }
}

/// <param name="Items">How many can be imported.</param>
/// <param name="LeftOut">How many of them have a field that nothing is made of, by its name.</param>
public sealed record FileSurvey(
    int Items,
    IReadOnlyList<BrokenEntry> Broken,
    IReadOnlyDictionary<string, int> LeftOut);
