using ServerlessCqrs.CommandApi.Commands;
using ServerlessCqrs.CommandApi.Requests;
using ServerlessCqrs.Http;

namespace ServerlessCqrs.CommandApi.Answers;

/// <summary>How routes answer.</summary>
public static class CommandAnswers
{
    /// <summary>Sends the command, and answers with what became of it.</summary>
    public static async Task<CommandAnswer> AnswerAsync(this CommandSender commands, WriteRequest request, Write write, CancellationToken ct) =>
        new(await commands.SendAsync(request, write, ct), write.Location, request.WaitSeconds);

    /// <summary>The answer to what is not sent at all.</summary>
    public static CommandAnswer Refuse(Problem problem) => new(new Reply.NotSent(problem), Location: null, WaitSeconds: null);

    /// <summary>403: who asks may not, whatever is asked.</summary>
    public static CommandAnswer Forbid(string code, string detail) => Refuse(new Problem(StatusCodes.Status403Forbidden, code, detail));
}
