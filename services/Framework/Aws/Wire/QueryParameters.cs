using System.Globalization;
using Amazon.Runtime.Internal;

namespace ServerlessCqrs.Aws.Wire;

/// <summary>Writes the form fields of the AWS Query protocol. It omits null values.</summary>
internal sealed class QueryParameters
{
    private readonly ParameterCollection _fields;
    private readonly string _prefix;

    public QueryParameters(DefaultRequest http, WireService service, string action)
    {
        (_fields, _prefix) = (http.ParameterCollection, "");
        Put("Action", action);
        Put("Version", service.ApiVersion);
    }

    private QueryParameters(ParameterCollection fields, string prefix) => (_fields, _prefix) = (fields, prefix);

    public void Put(string name, string? value)
    {
        if (value is not null) _fields.Add(_prefix + name, value);
    }

    public void Put(string name, bool? value) => Put(name, value switch { true => "true", false => "false", null => null });

    /// <summary>Writes items as <c>name.member.1.…</c>.</summary>
    public void PutList<T>(string name, IEnumerable<T>? items, Action<QueryParameters, T> write) => PutItems($"{name}.member", items, write);

    /// <summary>
    /// Writes entries as <c>name.entry.1.key</c>, and lets <paramref name="write"/> write their values.
    /// </summary>
    public void PutMap<T>(string name, string key, IEnumerable<KeyValuePair<string, T>>? entries, Action<QueryParameters, T> write) =>
        PutItems($"{name}.entry", entries, (at, entry) =>
        {
            at.Put(key, entry.Key);
            write(at, entry.Value);
        });

    private void PutItems<T>(string path, IEnumerable<T>? items, Action<QueryParameters, T> write)
    {
        var number = 0;
        foreach (var item in items ?? [])
        {
            number++;
            write(new(_fields, string.Create(CultureInfo.InvariantCulture, $"{_prefix}{path}.{number}.")), item);
        }
    }
}
