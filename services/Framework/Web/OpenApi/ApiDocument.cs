using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using ServerlessCqrs.Web.Caching;

namespace ServerlessCqrs.Web.OpenApi;

/// <summary>
/// One OpenAPI document for both services. It merges this service's document with the command service's, which the
/// build embeds. It is created once.
/// </summary>
public sealed class ApiDocument([FromKeyedServices(QueryDocument.Name)] IOpenApiDocumentProvider queries, QueryDescription description)
{
    private volatile byte[]? _json;

    public async Task<IResult> AnswerAsync(CancellationToken ct)
    {
        var json = _json ??= Encoding.UTF8.GetBytes((await MergeAsync(ct)).ToJsonString());
        return new JsonAnswer(json, EntityTags.OfContent(json), CacheFor.Documents);
    }

    private async Task<JsonObject> MergeAsync(CancellationToken ct)
    {
        var document = await queries.GetOpenApiDocumentAsync(ct);
        var merged = JsonNode.Parse(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, ct))!.AsObject();
        using var stream = description.OpenCommands();
        Merge(merged, JsonNode.Parse(stream)!.AsObject());
        return merged;
    }

    /// <summary>Adds missing methods of paths and missing schemas. What both documents have is equal.</summary>
    private static void Merge(JsonObject into, JsonObject from)
    {
        foreach (var (name, value) in from)
        {
            if (into[name] is null) into[name] = value?.DeepClone();
            else if (into[name] is JsonObject mine && value is JsonObject theirs) Merge(mine, theirs);
        }
    }
}
