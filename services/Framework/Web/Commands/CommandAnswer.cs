using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using ServerlessCqrs.EventStore;

namespace ServerlessCqrs.Web.Commands;

/// <summary>
/// A reply as HTTP: 202 while pending, 200 (201 for a create) once applied or unchanged, and a problem document
/// otherwise.
/// </summary>
/// <param name="Write">The command's write, or null if it was refused before there was one.</param>
/// <param name="WaitSeconds">The granted wait, or null if none was requested.</param>
public sealed record CommandAnswer(
    Reply Reply,
    Write? Write,
    int? WaitSeconds) : IResult, IEndpointMetadataProvider
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var headers = httpContext.Response.Headers;
        if (WaitSeconds is { } seconds && Reply is Reply.Decided { Replayed: false } or Reply.Pending)
            headers["Preference-Applied"] = string.Create(CultureInfo.InvariantCulture, $"wait={WaitSeconds}");
        if (Reply is Reply.Decided { Replayed: true }) headers["Idempotent-Replayed"] = "true";
        return Reply switch
        {
            Reply.Decided { Outcome: { Status: CommandStatus.Refused } outcome } => RefusalOf(outcome, httpContext).ExecuteAsync(httpContext),
            Reply.Decided decided => WriteDoneAsync(httpContext, decided.Outcome),
            Reply.Pending pending => WritePendingAsync(httpContext, pending.Command),
            Reply.NotSent notSent => notSent.Problem.ToResult().ExecuteAsync(httpContext),
            Reply.InDoubt inDoubt => WriteInDoubtAsync(httpContext, inDoubt.Command),
            _ => throw new InvalidOperationException($"No answer to {Reply.GetType()}."),
        };
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        foreach (var status in (int[])[StatusCodes.Status200OK, StatusCodes.Status202Accepted])
            builder.Metadata.Add(new ProducesResponseTypeMetadata(status, typeof(AnswerBody), ["application/json"]));
        foreach (var status in (int[])[400, 401, 403, 404, 409, 410, 412, 413, 415, 422, 503])
            builder.Metadata.Add(new ProducesResponseTypeMetadata(status, typeof(ProblemDetails), ["application/problem+json"]));
    }

    private Task WriteDoneAsync(HttpContext http, CommandOutcome outcome)
    {
        http.Response.StatusCode = Write is { Creates: true } ? StatusCodes.Status201Created : StatusCodes.Status200OK;
        if (Write is { Creates: true, Resource.Url: { } created }) http.Response.Headers.Location = created;
        if (outcome.Version > 0) http.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{outcome.Version}\"");
        return WriteAsync(http, AnswerBody.Of(outcome, Write?.Resource));
    }

    private Task WritePendingAsync(HttpContext http, CommandRecord command)
    {
        var body = AnswerBody.Pending(command, Write?.Resource);
        http.Response.StatusCode = StatusCodes.Status202Accepted;
        http.Response.Headers.Location = body.StatusUrl;
        return WriteAsync(http, body);
    }

    /// <summary>The problem of a command that Kinesis did not acknowledge.</summary>
    public static Problem InDoubt(bool hasKey) => new(
        StatusCodes.Status503ServiceUnavailable,
        "command_in_doubt",
        hasKey
            ? "The command was not acknowledged. It may or may not be applied: send it again with the same Idempotency-Key."
            : "The command was not acknowledged. It may or may not be applied: its status tells. Only with an Idempotency-Key is it safe to send again.");

    private static Task WriteInDoubtAsync(HttpContext http, CommandRecord command) => InDoubt(command.KeyId is not null).ToResult(
        new("commandId", command.CommandId.ToString()),
        new("statusUrl", AnswerBody.UrlOf(command))).ExecuteAsync(http);

    private static IResult RefusalOf(CommandOutcome outcome, HttpContext http)
    {
        var code = outcome.Code ?? "refused";
        var status = http.RequestServices.GetRequiredService<RefusalStatuses>().Of(code);
        return new Problem(status, code, outcome.Reason ?? "The command was refused. The code names the reason.").ToResult(
            new("commandId", outcome.CommandId.ToString()),
            new("stream", outcome.Stream.ToString()),
            new("version", outcome.Version),
            new("statusUrl", AnswerBody.UrlOf(outcome)));
    }

    private static Task WriteAsync(HttpContext http, AnswerBody body) =>
        http.Response.WriteAsJsonAsync(body, WebJson.Plain.AnswerBody, cancellationToken: http.RequestAborted);
}
