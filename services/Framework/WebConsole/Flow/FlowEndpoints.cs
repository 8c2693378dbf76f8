using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace ServerlessCqrs.WebConsole.Flow;

internal static class FlowEndpoints
{
    public static void MapFlow(this IEndpointRouteBuilder api)
    {
        api.MapGet("/about", (ConsoleOptions options) => TypedResults.Ok(new About(
            options.Stack,
            $"operator{{0}}{(options.Selector.Length == 0 ? "" : $" {options.Selector}")}",
            FlowMap.Of(options.Parts),
            options.Parts.ReadModels)));
        api.MapGet("/flow", LiveAsync);
        api.MapGet("/flow/now", async (FlowWatch watch, CancellationToken ct) => TypedResults.Ok(await watch.ReadAsync(ct)));
    }

    private static ServerSentEventsResult<FlowReading> LiveAsync(FlowWatch watch, HttpContext http) =>
        TypedResults.ServerSentEvents(watch.WatchAsync(http.RequestAborted));
}

/// <summary>What never changes while the console runs.</summary>
/// <param name="Command">The operator's command line for this stack, with <c>{0}</c> where a verb goes.</param>
internal sealed record About(
    string Stack,
    string Command,
    FlowMap Map,
    IReadOnlyList<string> ReadModels);
