using System.CommandLine;
using ServerlessCqrs.Operator.Mails;
using ServerlessCqrs.Operator.Stacks;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Operator.Commands;

/// <summary><c>mails unknown</c>: the mails that may or may not have been sent.</summary>
internal static class MailsCommand
{
    public static Command Create()
    {
        var stack = new StackOptions();
        var unknown = new Command("unknown", "Lists the mails that were claimed and never confirmed: each was sent once, or not at all. None is sent again by itself.");
        stack.AddTo(unknown);
        unknown.SetAction((parsed, ct) => RunAsync(parsed, stack, ct));
        return new Command("mails", "What became of the mails.") { unknown };
    }

    private static async Task<int> RunAsync(ParseResult parsed, StackOptions options, CancellationToken ct)
    {
        using var stack = await options.OpenAsync(parsed, TimeProvider.System, ct);
        var time = TimeProvider.System;
        var count = 0;
        await foreach (var claim in new MailClaims(stack.DynamoDb, stack.Names[ShopTopology.Mails], time).ReadAsync(ct))
        {
            if (!claim.IsUnknown(time.GetUtcNow())) continue;
            count++;
            Console.WriteLine($"{claim.Mail}  claimed {claim.ClaimedAt:O}");
        }

        Console.WriteLine(count == 0 ? "No mail is unknown." : $"{count:N0} mails are unknown.");
        return ExitCodes.Good;
    }
}
