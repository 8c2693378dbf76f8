using System.CommandLine;
using ServerlessCqrs.Operating.Mails;
using ServerlessCqrs.Operating.Stacks;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Operating.Commands;

/// <summary><c>mails unknown</c> and <c>mails undeliverable</c>: list the mails that a person must check.</summary>
internal sealed class MailsCommand(OperatedSystem system, Table mails)
{
    public Command Create() => new("mails", "Lists mails that need attention.")
    {
        List(
            "unknown",
            "Lists mails that were claimed but never confirmed. Each was sent once or not at all. Nothing sends them again.",
            (claim, now) => claim.IsUnknown(now)),
        List(
            "undeliverable",
            "Lists mails that SES refused for good, with its reason. Nothing sends them again.",
            (claim, _) => claim.IsUndeliverable),
    };

    private Command List(string kind, string description, Func<MailClaim, DateTimeOffset, bool> isListed) =>
        new Command(kind, description).OnStack(system, (_, stack, ct) => RunAsync(stack, kind, isListed, ct));

    private async Task<int> RunAsync(
        OperatedStack stack,
        string kind,
        Func<MailClaim, DateTimeOffset, bool> isListed,
        CancellationToken ct)
    {
        var time = TimeProvider.System;
        var count = 0;
        await foreach (var claim in new MailClaims(stack.DynamoDb, stack.Names[mails], time).ReadAsync(ct))
        {
            if (!isListed(claim, time.GetUtcNow())) continue;
            count++;
            var reason = claim.Reason is { } why ? $"  {why}" : "";
            Console.WriteLine($"{claim.Mail}  claimed {claim.ClaimedAt:O}{reason}");
        }

        Console.WriteLine(count == 0 ? $"No mail is {kind}." : $"{count:N0} mails are {kind}.");
        return ExitCodes.Good;
    }
}
