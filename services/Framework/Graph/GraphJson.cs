using System.Text.Json;
using GraphQL;
using GraphQL.SystemTextJson;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Graph;

/// <summary>The JSON of requests and answers.</summary>
internal static class GraphJson
{
    public static GraphQLSerializer Serializer { get; } = new(new JsonSerializerOptions { Encoder = PlainJson.Encoder });

    public static async Task<byte[]> WriteAsync(ExecutionResult result, CancellationToken ct)
    {
        using var json = new MemoryStream();
        await Serializer.WriteAsync(json, result, ct);
        return json.ToArray();
    }
}
