using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace ServerlessCqrs.WebConsole.ReadModels;

internal static class ReadModelEndpoints
{
    public static void MapReadModels(this IEndpointRouteBuilder api)
    {
        var models = api.MapGroup("/readmodels");
        models.MapGet("/", ListAsync);
        models.MapPost("/{name}/route", RouteAsync);
        models.MapPost("/{name}/back", BackAsync);
        models.MapPost("/{name}/{version}/build", (string name, string version, ModelJobs jobs) => Begin(() => jobs.Build(name, version)));
        models.MapPost("/{name}/{version}/compare", (string name, string version, Beside with, ModelJobs jobs) => Begin(() => jobs.Compare(name, version, with.With)));
        models.MapPost("/{name}/{version}/retire", (string name, string version, ModelJobs jobs) => Begin(() => jobs.Retire(name, version)));
        models.MapPost("/{name}/{version}/stop", (string name, string version, ModelJobs jobs) => Begin(() => jobs.Stop("build", $"{name}-{version}")));
    }

    private static async Task<Ok<ModelList>> ListAsync(IStackSource stacks, ModelJobs jobs, CancellationToken ct) =>
        TypedResults.Ok(new ModelList(await (await stacks.OpenAsync(ct)).ReadModels.ListAsync(ct), jobs.All));

    private static async Task<NoContent> RouteAsync(string name, Share share, IStackSource stacks, CancellationToken ct)
    {
        if (share.Percent is < 1 or > 100) throw new BadHttpRequestException("A share is 1 to 100 percent. To end a route, route everybody back.");
        await (await stacks.OpenAsync(ct)).ReadModels.RouteAsync(name, share.Version, share.Percent, ct);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> BackAsync(string name, IStackSource stacks, CancellationToken ct)
    {
        await (await stacks.OpenAsync(ct)).ReadModels.BackAsync(name, ct);
        return TypedResults.NoContent();
    }

    private static Accepted Begin(Action start)
    {
        start();
        return TypedResults.Accepted((string?)null);
    }

    internal sealed record Share(
        string Version,
        int Percent);

    internal sealed record Beside(string? With);

    internal sealed record ModelList(
        IReadOnlyList<ModelVersion> Versions,
        IReadOnlyList<JobState> Jobs);
}
