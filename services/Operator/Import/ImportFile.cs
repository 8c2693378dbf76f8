namespace ServerlessCqrs.Operator.Import;

/// <summary>A file to import. It is read as it is needed and never held whole; read twice, so that all faults are known before anything is sent.</summary>
/// <param name="map">What an entry means, or why it means nothing.</param>
public sealed class ImportFile<T>(string file, Func<FileEntry, (T? Item, string? Fault)> map)
    where T : class
{
    /// <summary>What the file holds.</summary>
    /// <param name="look">Sees every item that can be imported.</param>
    /// <exception cref="OperatorException">It cannot be read, is no YAML, or no list.</exception>
    public FileSurvey Survey(Action<T>? look = null)
    {
        List<BrokenEntry> broken = [];
        var items = 0;
        foreach (var (item, entry) in Read())
        {
            if (item is null)
            {
                broken.Add(entry);
                continue;
            }

            items++;
            look?.Invoke(item);
        }

        return new FileSurvey(items, broken);
    }

    /// <summary>What can be imported, in the order of the file.</summary>
    /// <inheritdoc cref="Survey"/>
    public IEnumerable<T> Items() => Read().Select(entry => entry.Item).OfType<T>();

    private IEnumerable<(T? Item, BrokenEntry Entry)> Read()
    {
        using var text = Open();
        foreach (var entry in FileReader.Read(file, text))
        {
            var (item, fault) = map(entry);
            yield return (item, new BrokenEntry(entry.Line, fault ?? ""));
        }
    }

    private System.IO.StreamReader Open()
    {
        try
        {
            return new System.IO.StreamReader(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"{file} cannot be read: {e.Message}", e);
        }
    }
}

/// <param name="Items">How many can be imported.</param>
public sealed record FileSurvey(
    int Items,
    IReadOnlyList<BrokenEntry> Broken);
