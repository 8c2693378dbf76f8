using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Projections.History;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.WebConsole.Streams;

internal static class StreamEndpoints
{
    public static void MapStreams(this IEndpointRouteBuilder api)
    {
        api.MapGet("/streams/{stream}", TimelineAsync);
        api.MapGet("/streams/{stream}/document", DocumentAsync);
    }

    private static async Task<Results<Ok<Timeline>, NotFound<Serving.ErrorAnswer>>> TimelineAsync(string stream, IStackSource stacks, CancellationToken ct)
    {
        var id = Parse(stream);
        return await new StreamPage(await stacks.OpenAsync(ct)).TimelineAsync(id, ct) is { } timeline
            ? TypedResults.Ok(timeline)
            : TypedResults.NotFound(new Serving.ErrorAnswer($"Stream {stream} has no command. Check its id."));
    }

    private static async Task<Results<Ok<DocumentPair>, NotFound<Serving.ErrorAnswer>>> DocumentAsync(
        string stream, long? version, DateTimeOffset? asOf, long? from, IStackSource stacks, CancellationToken ct)
    {
        var id = Parse(stream);
        return await new StreamPage(await stacks.OpenAsync(ct)).DocumentAsync(id, new HistoryBounds(ToVersion: version, AsOf: asOf), from, ct) is { } pair
            ? TypedResults.Ok(pair)
            : TypedResults.NotFound(new Serving.ErrorAnswer($"Streams of category {id.Category} have no documents."));
    }

    private static StreamId Parse(string text) => StreamId.TryParse(text.Trim(), out var id)
        ? id
        : throw new BadHttpRequestException($"'{text}' is not a stream id. A stream id is a category in lower case, a dash and a key.");
}
