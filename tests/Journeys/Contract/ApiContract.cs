using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace ServerlessCqrs.Journeys.Contract;

/// <summary>The stack's own OpenAPI document. It finds contradictions in requests and answers.</summary>
internal sealed class ApiContract
{
    private static readonly EvaluationOptions Options = new() { OutputFormat = OutputFormat.List, RequireFormatValidation = true };

    private readonly Dictionary<string, JsonSchema> _schemas = [];
    private readonly JsonObject _components;

    private ApiContract(JsonObject document)
    {
        _components = Closed(document["components"]!["schemas"]!.AsObject());
        Operations = [.. ContractOperation.In(document)];
    }

    public IReadOnlyList<ContractOperation> Operations { get; }

    public static async Task<ApiContract> ReadAsync(HttpClient http, Uri edge) =>
        new(JsonNode.Parse(await http.GetStringAsync(new Uri(edge, "openapi/v1.json")))!.AsObject());

    /// <summary>Returns the contradictions to the document, or none for an unknown route.</summary>
    /// <param name="path">The path as sent, without the query.</param>
    /// <param name="requestBody">The sent JSON, or null.</param>
    public IReadOnlyList<string> Contradictions(string method, string path, string? requestBody, Answer answer)
    {
        if (OperationOf(method, path) is not { } operation) return [];
        var status = (int)answer.Status;
        if (operation.Response(status) is not { } response) return [$"{operation.Name} does not document {status}: {answer.Text}"];
        List<string> contradictions = [];
        if (status is >= 200 and < 300 && requestBody is not null && operation.Body is { } body)
            contradictions.AddRange(Check(body, requestBody).Select(error => $"{operation.Name} took a body that its schema forbids: {error}"));
        if (answer.Text.Length == 0) return contradictions;
        var type = answer.Header("Content-Type")?.Split(';')[0] ?? "";
        if (response["content"]?[type]?["schema"] is not JsonObject schema)
            return [.. contradictions, $"{operation.Name} does not document {status} as {type}: {answer.Text}"];
        if (type.EndsWith("json", StringComparison.Ordinal))
            contradictions.AddRange(Check(schema, answer.Text).Select(error => $"{operation.Name} {status}: {error} in {answer.Text}"));
        return contradictions;
    }

    public ContractOperation? OperationOf(string method, string path) =>
        Operations.Where(operation => operation.Method == method && operation.Matches(path)).MinBy(operation => operation.Parameters);

    /// <summary>Returns the referenced schema, or the schema itself.</summary>
    public JsonObject Resolve(JsonObject schema)
    {
        if (schema["oneOf"] is JsonArray choices) return Resolve(choices.Select(choice => choice!.AsObject()).First(choice => (string?)choice["type"] != "null"));
        return (string?)schema["$ref"] is { } reference ? _components[reference.Split('/')[^1]]!.AsObject() : schema;
    }

    private IEnumerable<string> Check(JsonObject schema, string json)
    {
        JsonElement value;
        try
        {
            value = JsonElement.Parse(json);
        }
        catch (JsonException e)
        {
            return [$"no JSON: {e.Message}"];
        }

        var key = schema.ToJsonString();
        if (!_schemas.TryGetValue(key, out var compiled))
        {
            var root = Local(schema).DeepClone().AsObject();
            root["$defs"] = _components.DeepClone();
            _schemas[key] = compiled = JsonSchema.FromText(Local(root).ToJsonString());
        }

        var result = compiled.Evaluate(value, Options);
        return result.IsValid ? [] : (result.Details ?? []).Where(detail => detail.Errors is not null).SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation}: {error.Value}"));
    }

    /// <summary>Rewrites references for JSON Schema within one schema.</summary>
    private static JsonObject Local(JsonObject schema) =>
        JsonNode.Parse(schema.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal))!.AsObject();

    /// <summary>
    /// Forbids unknown fields: readers must ignore new fields, but the document must name all of them.
    /// </summary>
    private static JsonObject Closed(JsonObject schemas)
    {
        var closed = schemas.DeepClone().AsObject();
        foreach (var (_, schema) in closed)
            if (schema!["properties"] is not null && schema["additionalProperties"] is null) schema["additionalProperties"] = false;
        return closed;
    }
}
