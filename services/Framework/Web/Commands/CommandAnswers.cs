using ServerlessCqrs.Streams;
using ServerlessCqrs.Web.Requests;

namespace ServerlessCqrs.Web.Commands;

/// <summary>How routes answer.</summary>
public static class CommandAnswers
{
    /// <summary>Sends the command, and answers with what became of it.</summary>
    public static async Task<CommandAnswer> AnswerAsync(this CommandSender commands, WriteRequest request, Write write, CancellationToken ct) =>
        new(await commands.SendAsync(request, write, ct), write.Location, request.WaitSeconds);

    /// <summary>The answer to what is not sent at all.</summary>
    public static CommandAnswer Refuse(Problem problem) => new(new Reply.NotSent(problem), Location: null, WaitSeconds: null);

    /// <inheritdoc cref="Refuse(Problem)"/>
    public static CommandAnswer Refuse(Refusal refusal, string detail) => Refuse(Problem.Of(refusal, detail));
}
