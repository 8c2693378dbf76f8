using System.Text;
using ClickHouse.Driver.ADO.Parameters;

namespace ServerlessCqrs.EventStore.Log;

/// <summary>The parameters of one query, so that values are never part of its text.</summary>
public sealed class Parameters
{
    // ClickHouse accepts at most 128 KiB per form field (http_max_field_value_size, which a request cannot raise). So a
    // long list is sent in parts.
    private const int FieldBytes = 100 * 1024;

    private readonly List<(string Name, string Type, object Value)> _all = [];

    public Parameters Add(string name, string type, object value)
    {
        _all.Add((name, type, value));
        return this;
    }

    /// <summary>Adds a list of any length, and returns the array expression that stands for it in the query.</summary>
    public string AddList<T>(string name, string type, IEnumerable<T> values) where T : notnull
    {
        var parts = new List<List<T>> { new() };
        var bytes = 0;
        foreach (var value in values)
        {
            // Counts quotes and a comma. The names are ASCII without characters to escape.
            var length = (value is string text ? Encoding.UTF8.GetByteCount(text) : 36) + 3;
            if (bytes + length > FieldBytes)
            {
                parts.Add([]);
                bytes = 0;
            }

            parts[^1].Add(value);
            bytes += length;
        }

        for (var i = 0; i < parts.Count; i++) Add($"{name}{i}", $"Array({type})", parts[i].ToArray());
        return $"arrayConcat({string.Join(", ", parts.Select((_, i) => $"{{{name}{i}:Array({type})}}"))})";
    }

    public ClickHouseParameterCollection ToCollection()
    {
        var collection = new ClickHouseParameterCollection();
        foreach (var (name, type, value) in _all)
            collection.Add(new ClickHouseDbParameter { ParameterName = name, ClickHouseType = type, Value = value });
        return collection;
    }
}
