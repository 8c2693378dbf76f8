using ServerlessCqrs.Streams;
using ServerlessCqrs.Web.Requests;

namespace ServerlessCqrs.Web.Commands;

/// <summary>Creates the answers of routes.</summary>
public static class CommandAnswers
{
    /// <summary>Sends the command, and answers with its outcome.</summary>
    public static async Task<CommandAnswer> AnswerAsync(this CommandSender commands, WriteRequest request, Write write, CancellationToken ct) =>
        new(await commands.SendAsync(request, write, ct), write, request.WaitSeconds);

    /// <summary>Answers a request whose command is not sent.</summary>
    public static CommandAnswer Refuse(Problem problem) => new(new Reply.NotSent(problem), Write: null, WaitSeconds: null);

    /// <inheritdoc cref="Refuse(Problem)"/>
    public static CommandAnswer Refuse(Refusal refusal, string detail) => Refuse(Problem.Of(refusal, detail));
}
