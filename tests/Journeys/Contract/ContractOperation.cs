using System.Globalization;
using System.Text.Json.Nodes;

namespace ServerlessCqrs.Journeys.Contract;

/// <summary>One method of one path of an OpenAPI document.</summary>
internal sealed class ContractOperation
{
    private readonly JsonObject _operation;
    private readonly string[] _segments;

    private ContractOperation(string method, string path, JsonObject operation) =>
        (Method, Path, _operation, _segments) = (method.ToUpperInvariant(), path, operation, path.Split('/'));

    public string Method { get; }

    /// <summary>The path in the document's form, <c>/products/{id}</c>.</summary>
    public string Path { get; }

    public string Name => $"{Method} {Path}";

    /// <summary>The number of variable segments. Fewer make a closer match.</summary>
    public int Parameters => _segments.Count(IsParameter);

    public IReadOnlyList<string> Segments => _segments;

    public IReadOnlyList<string> QueryParameters =>
        [.. (_operation["parameters"]?.AsArray() ?? []).Where(parameter => (string?)parameter!["in"] == "query").Select(parameter => (string)parameter!["name"]!)];

    public bool NeedsToken => _operation["security"] is JsonArray { Count: > 0 };

    /// <summary>The schema of its body, or null if it has none.</summary>
    public JsonObject? Body => _operation["requestBody"]?["content"]?.AsObject().First().Value?["schema"]?.AsObject();

    public string? BodyType => _operation["requestBody"]?["content"]?.AsObject().First().Key;

    public static IEnumerable<ContractOperation> In(JsonObject document) =>
        from path in document["paths"]!.AsObject()
        from method in path.Value!.AsObject()
        where method.Key != "parameters"
        select new ContractOperation(method.Key, path.Key, method.Value!.AsObject());

    public static bool IsParameter(string segment) => segment.StartsWith('{');

    public bool Matches(string path)
    {
        var segments = path.Split('/');
        return segments.Length == _segments.Length && segments.Zip(_segments).All(pair => IsParameter(pair.Second) ? pair.First.Length > 0 : pair.First == pair.Second);
    }

    public JsonObject? Response(int status) => _operation["responses"]?[status.ToString(CultureInfo.InvariantCulture)]?.AsObject();
}
