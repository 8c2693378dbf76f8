using System.Globalization;
using System.Text.Json.Nodes;
using ServerlessCqrs.Simulation.Machinery;

namespace ServerlessCqrs.Journeys.Contract;

/// <summary>A request of the fuzzer.</summary>
/// <param name="FitsSchema">True if the body fits its schema.</param>
internal sealed record FuzzRequest(
    ContractOperation Operation,
    string Target,
    string? Body,
    bool FitsSchema,
    string? Role,
    IReadOnlyList<(string Name, string Value)> Headers);

/// <summary>
/// Makes requests from an OpenAPI document and a seed. Some are valid, some nearly valid, and some are garbage.
/// </summary>
internal sealed class RequestMaker(ApiContract contract, Dice dice)
{
    private static readonly string[] Roles = ["seller", "customer", "operator"];

    private static readonly string[] Texts =
    [
        "", " ", "a", "Wireless Headphones", "ﬁne ﬁsh", "Cafe\u0301", "\u202Eevil\u202C", "\u200B\u200B", "a\u2028b", "a\nb", "\0", "\u0001", "<b>&\"'</b>", "😀👩‍👩‍👧", "𞤀𞤁𞤂", "नमस्ते", "مرحبا", "日本語",
        "ИИИ", "'; DROP TABLE events; --", "{{7*7}}", "../../etc/passwd", "%00", "null", "USD", "usd", "audio", "WH_001", "https://images.example.com/1.jpg", "javascript:alert(1)", "me@example.com",
        new string('<', 500), new string('x', 5_000), new string('é', 5_001), string.Concat(Enumerable.Repeat("😀", 300)),
    ];

    private static readonly string[] Numbers =
    [
        "0", "-1", "1", "2", "5", "10", "50", "99.99", "100", "1000", "10000", "10000.01", "10000.000000000000000000000000001", "0.001", "1e2", "-0", "1.0", "2147483647", "2147483648",
        "9223372036854775808", "79228162514264337593543950336", "0.1e1",
    ];

    private static readonly string[] QueryValues =
    [
        "", "0", "1", "5", "100", "101", "-1", "abc", "price", "-price", "name", "newest", "audio", "%C3%A9", "e%CC%81", "%00", "%ff", "%ED%A0%80", "2026-11-30T00:00:00Z", "12-01-2026", "9999-12-31", "1000000000000000",
        "99999999999999999999", "wireless+headphones", "%F0%9E%A4%80", "AAAA", "eyJhIjoxfQ", "10000.000000000000000000000000001", "1e2", "a%20b", "%27%3B--",
    ];

    private static readonly string[] Garbage =
    [
        "", "{", "[]", "null", "\"text\"", "7", "{\"\\ud800\":1}", "{\"name\":\"\\udfff\"}", "{\"a\":1,\"a\":2}", "{}", "{\"price\":{\"amount\":1e999}}", "{\"amount\":1e400,\"currency\":\"USD\"}", new string('[', 200), "{\"name\":null}", "\uFEFF{}", "{\"__proto__\":{}}",
    ];

    private readonly List<(string Kind, string Id)> _known = [];

    /// <summary>Adds an existing thing for use in paths: <c>products</c> and an id.</summary>
    public void Learn(string kind, string id) => _known.Add((kind, id));

    public IReadOnlyList<string> Known(string kind) => [.. _known.Where(one => one.Kind == kind).Select(one => one.Id)];

    public FuzzRequest Next()
    {
        var operation = contract.Operations[dice.Roll("operation", contract.Operations.Count)];
        var target = string.Join('/', operation.Segments.Select((segment, i) => ContractOperation.IsParameter(segment) ? PathValue(operation.Segments[i - 1], segment) : segment)) + Query(operation);
        var (body, fits) = BodyOf(operation);
        string? role = dice.Roll("role") < 0.9 ? Roles[dice.Roll("which role", Roles.Length)] : null;
        return new FuzzRequest(operation, target, body, fits, role, [.. Headers(operation)]);
    }

    private string PathValue(string kind, string parameter)
    {
        var known = _known.Where(one => one.Kind == kind).ToList();
        var roll = dice.Roll("path");
        if (roll < 0.75 && known.Count > 0) return Escaped(known[dice.Roll("known", known.Count)].Id);
        if (roll < 0.9) return NewId().ToString(parameter == "{token}" ? "N" : "D");
        return Pick<string>("odd path", ["0", "me", "%00", "%ff", "%2e%2e", "{x}", "6F1ED002-AB5F-4A55-9E0B-3D6A8F0C5C11", "00000000-0000-0000-0000-000000000000", "auth0%7Cabc", "product-", "a%2Fb", "%F0%9F%98%80"]);
    }

    private static string Escaped(string id) => Uri.EscapeDataString(id);

    private string Query(ContractOperation operation)
    {
        var parameters = operation.QueryParameters.Where(_ => dice.Roll("has parameter") < 0.4).Select(name => $"{name}={Pick("query value", QueryValues)}").ToList();
        if (dice.Roll("unknown parameter") < 0.03) parameters.Add("reson=x");
        if (operation.Path == "/products/search" && dice.Roll("plain search") < 0.7) parameters = ["q=headphones"];
        return parameters.Count == 0 ? "" : "?" + string.Join('&', parameters);
    }

    private IEnumerable<(string Name, string Value)> Headers(ContractOperation operation)
    {
        if (operation.Method is "GET") yield break;
        if (dice.Roll("key") < 0.3) yield return ("Idempotency-Key", $"fuzz-{dice.Roll("key number", 20)}");
        if (dice.Roll("if-match") < 0.15) yield return ("If-Match", Pick<string>("if-match value", ["\"1\"", "\"2\"", "*", "W/\"1\"", "1", "\"x\"", "\"99999999999999999999\""]));
        if (dice.Roll("prefer") < 0.3) yield return ("Prefer", Pick<string>("prefer value", ["wait=5", "wait=0", "wait=99", "wait=x", "respond-async"]));
    }

    private (string? Body, bool Fits) BodyOf(ContractOperation operation)
    {
        if (operation.Body is not { } schema) return (null, true);
        if (dice.Roll("garbage") < 0.1) return (Pick("garbage body", Garbage), false);
        var (json, fits) = (Value(schema, "", depth: 0), true);
        if (dice.Roll("mutate") < 0.2) (json, fits) = (Mutated(json), false);
        return (json, fits);
    }

    /// <summary>Returns JSON for the schema as text, so that numbers keep their spelling.</summary>
    private string Value(JsonObject schema, string name, int depth)
    {
        var resolved = contract.Resolve(schema);
        var types = resolved["type"] is JsonArray many ? many.Select(type => (string)type!).ToList() : [(string?)resolved["type"] ?? "string"];
        if (types.Contains("null") && dice.Roll("null") < 0.1) return "null";
        return types.First(type => type != "null") switch
        {
            "object" when resolved["properties"] is JsonObject properties => ObjectOf(resolved, properties, depth),
            "object" => "{" + string.Join(',', Enumerable.Range(0, dice.Roll("entries", 5)).Select(i => $"{Text($"key {i} {Pick("key", Texts)}")}:{Value(resolved["additionalProperties"]?.AsObject() ?? [], name, depth + 1)}").DistinctBy(entry => entry.Split(':')[0])) + "}",
            "array" => "[" + string.Join(',', Enumerable.Range(0, 1 + dice.Roll("items", 3)).Select(_ => Value(resolved["items"]!.AsObject(), name, depth + 1))) + "]",
            "integer" => Plausible("integer") ? dice.Roll("small", 20).ToString(CultureInfo.InvariantCulture) : Pick<string>("integer value", ["0", "-1", "1", "1000", "2147483647", "-2147483648"]),
            "number" => Plausible("number") ? $"{1 + dice.Roll("price", 200)}" : Pick("number value", Numbers),
            "boolean" => "true",
            _ => StringOf(resolved, name),
        };
    }

    private string ObjectOf(JsonObject schema, JsonObject properties, int depth)
    {
        var required = (schema["required"]?.AsArray() ?? []).Select(field => (string)field!).ToHashSet();
        var fields = properties.Where(property => required.Contains(property.Key) || dice.Roll("optional") < 0.5);
        return "{" + string.Join(',', fields.Select(property => $"{Text(property.Key)}:{Value(property.Value!.AsObject(), property.Key, depth + 1)}")) + "}";
    }

    private string StringOf(JsonObject schema, string name)
    {
        if ((string?)schema["format"] == "uuid")
        {
            var products = _known.Where(one => one.Kind == "products").ToList();
            return Text(name == "productId" && products.Count > 0 ? products[dice.Roll("product", products.Count)].Id : NewId().ToString());
        }

        if (!Plausible("text")) return Text(Pick("text value", Texts));
        return Text(name switch
        {
            "currency" => "USD",
            "url" => "https://images.example.com/1.jpg",
            "email" => "fuzz@example.com",
            _ => $"Plain {dice.Roll("plain text", 1000)}",
        });
    }

    private string Mutated(string json)
    {
        if (json.Length < 2) return json;
        var at = dice.Roll("mutate at", json.Length);
        return dice.Roll("mutation", 5) switch
        {
            0 => json[..at],
            1 => json.Remove(at, 1),
            2 => json.Insert(at, Pick<string>("inserted", ["\"", ",", "}", "null", "\\ud800", "\0", "-", "e9"])),
            3 => json.Replace(":", ":[", StringComparison.Ordinal),
            _ => json.Insert(1, "\"unknown\":1,"),
        };
    }

    private bool Plausible(string what) => dice.Roll($"plausible {what}") < 0.85;

    private T Pick<T>(string place, IReadOnlyList<T> values) => values[dice.Roll(place, values.Count)];

    private Guid NewId() => Mix.Uuid((ulong)dice.Roll("id", int.MaxValue), (ulong)dice.Roll("id", int.MaxValue));

    private static string Text(string value) => JsonValue.Create(value).ToJsonString();
}
