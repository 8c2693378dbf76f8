using ServerlessCqrs.Web.Degradation;
using ServerlessCqrs.Web.OpenApi;

namespace ServerlessCqrs.Web.Health;

/// <summary>The health of the service, and the lag of its read models.</summary>
public static class HealthRoutes
{
    /// <param name="readModel">The read model's name in the examples.</param>
    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder routes, string readModel)
    {
        routes.MapGet("/health", Look)
            .WithTags("Health")
            .WithSummary("Health of the service and its stores")
            .WithDescription("200 while the service can answer anything, else 503.")
            .WithAnswerExample($$$$"""{"status": "ok", "dependencies": {"event-log": "ok", "{{{{readModel}}}}": "ok", "stream-tips": "ok"}}""")
            .Produces<HealthBody>()
            .Produces<HealthBody>(StatusCodes.Status503ServiceUnavailable);
        routes.MapGet("/health/sync-lag", Lag)
            .AnswerWhenAway()
            .WithTags("Health")
            .WithSummary("Lag of the read models, in milliseconds")
            .WithDescription("The age of the oldest published event that is not applied yet. 0 if there is none.")
            .WithAnswerExample($$$$"""{"readModels": {"{{{{readModel}}}}": {"lagMs": 0, "behind": 0, "oldest": null}}}""")
            .Produces<SyncLagBody>()
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        return routes;
    }

    private static async Task<IResult> Look(HealthProbe probe, HttpContext http, CancellationToken ct)
    {
        var health = await probe.LookAsync(ct);
        var status = health.Status == "unavailable" ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        if (status != StatusCodes.Status200OK) http.Response.Headers.RetryAfter = "1";
        return TypedResults.Json(health, WebJson.Plain.HealthBody, statusCode: status);
    }

    private static async Task<IResult> Lag(ObservedLag lag, CancellationToken ct) =>
        TypedResults.Json(await lag.LookAsync(ct), WebJson.Plain.SyncLagBody);
}
