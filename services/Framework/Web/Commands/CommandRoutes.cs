using System.ComponentModel;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Web.Degradation;
using ServerlessCqrs.Web.OpenApi;

namespace ServerlessCqrs.Web.Commands;

/// <summary>The route of commands' status URLs.</summary>
public static class CommandRoutes
{
    private static readonly Problem NotFound = new(
        StatusCodes.Status404NotFound,
        "command_not_found",
        "You have no such command. To find one that you just sent, use its whole status URL, with issued.");

    /// <param name="example">An applied command's status as JSON.</param>
    public static IEndpointRouteBuilder MapCommandStatus(this IEndpointRouteBuilder routes, string example)
    {
        routes.MapGet("/commands/{stream}/{id}", Read)
            .RequireAuthorization(TokenAuthentication.AnyRole)
            .TakesOnly("issued")
            .AnswerWhenAway()
            .WithTags("Commands")
            .WithSummary("Read a command's outcome")
            .WithDescription(
                "For its sender and operators. Without an outcome, a command is pending while it can still be decided, and 404 afterwards. Without issued, it is 404.")
            .WithAnswerExample(example)
            .Produces<CommandStatusBody>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        return routes;
    }

    private static async Task<IResult> Read(
        string stream,
        string id,
        [Description("When it was issued, as in its status URL.")] string? issued,
        HttpContext http,
        CommandStatuses statuses,
        CancellationToken ct)
    {
        if (!StreamId.TryParse(stream, out var streamId) || !Uuid.TryParse(id, out var commandId)) return NotFound.ToResult();
        DateTimeOffset? issuedAt = null;
        if (issued is not null && !IsoTime.TryRead(issued, out issuedAt))
            return IsoTime.Invalid.ToResult();

        var caller = Caller.Of(http).Actor;
        if (await statuses.FindAsync(streamId, commandId, ct) is { } outcome)
            return outcome.Actor.Id == caller.Id || caller.Role == Actor.Operator ? Answer(CommandStatusBody.Of(outcome)) : NotFound.ToResult();

        // The command's owner is not known yet. A pending status reveals nothing, because any id gets it.
        if (issuedAt is not { } at || !statuses.MayBePending(at)) return NotFound.ToResult();
        http.Response.Headers.RetryAfter = "1";
        return Answer(CommandStatusBody.Pending(streamId, commandId, at));
    }

    private static IResult Answer(CommandStatusBody body) => TypedResults.Json(body, WebJson.Plain.CommandStatusBody);
}
