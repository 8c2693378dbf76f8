using System.Security.Cryptography;
using System.Text.Json;
using GraphQL;
using GraphQL.Builders;
using GraphQL.Types;
using Microsoft.AspNetCore.Http;
using ServerlessCqrs.Web;
using ServerlessCqrs.Web.Commands;
using ServerlessCqrs.Web.Requests;

namespace ServerlessCqrs.Graph;

/// <summary>Declares mutations that send one command.</summary>
public static class CommandFields
{
    private const string Key = "idempotencyKey";
    private const string IfVersion = "ifMatch";
    private const string Wait = "wait";

    /// <summary>
    /// The field sends the command of a request, as a route of REST does. It adds the arguments that are headers there.
    /// </summary>
    /// <param name="send">Sends the command. The request has the caller and these arguments.</param>
    public static FieldBuilder<object?, object> Sends(this FieldBuilder<object?, object> field, Func<IResolveFieldContext, WriteRequest, Task<CommandAnswer>> send) => field
        .Argument<StringGraphType>(Key, "A retry with the same key and arguments returns the first answer.")
        .Argument<IntGraphType>(IfVersion, "Refuses the command unless the stream is at this version.")
        .Argument<IntGraphType>(Wait, $"Waits up to so many seconds for the outcome, at most {Prefer.MaxWaitSeconds}.")
        .CostsCommand()
        .ResolveAsync(async context => (await send(context, RequestOf(context))).Reply switch
        {
            Reply.InDoubt => throw new ProblemError(CommandAnswer.InDoubt(context.GetArgument<string?>(Key) is not null)),
            Reply.NotSent { Problem: { Status: >= StatusCodes.Status500InternalServerError } problem } => throw new ProblemError(problem),
            var reply => reply,
        });

    private static WriteRequest RequestOf(IResolveFieldContext context)
    {
        if (context.GetArgument<int?>(IfVersion) < 0) throw new ProblemError(IfMatch.Invalid);
        var (sent, version, wait) = (context.GetArgument<string?>(Key), context.GetArgument<int?>(IfVersion), context.GetArgument<int?>(Wait));
        if (!IdempotencyKey.TryParse(sent is null ? default : sent, out var key)) throw new ProblemError(IdempotencyKey.Invalid);
        return new WriteRequest(
            Caller.Of(context.Request().Http),
            key,
            version is { } seen ? new IfMatch(seen) : null,
            wait is { } seconds ? context.Request().TakeWait(Math.Clamp(seconds, 0, Prefer.MaxWaitSeconds), context.Service<TimeProvider>()) : null,
            HashOf(context));
    }

    /// <summary>Distinguishes a repeated request from another one with the same key. Key and wait do not count.</summary>
    private static byte[] HashOf(IResolveFieldContext context)
    {
        var arguments = (context.Arguments ?? new Dictionary<string, GraphQL.Execution.ArgumentValue>())
            .Where(argument => argument.Key is not (Key or Wait) && argument.Value.Value is not null)
            .OrderBy(argument => argument.Key, StringComparer.Ordinal)
            .Select(argument => $"{argument.Key}: {JsonSerializer.Serialize(argument.Value.Value)}");
        return SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"graphql {context.FieldDefinition.Name}\n{string.Join('\n', arguments)}"));
    }
}
