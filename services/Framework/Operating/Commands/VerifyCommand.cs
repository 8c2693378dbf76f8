using System.CommandLine;
using ServerlessCqrs.Operating.Mails;
using ServerlessCqrs.Operating.Queues;
using ServerlessCqrs.Operating.Stacks;
using ServerlessCqrs.Operating.Verify;
using Spectre.Console;

namespace ServerlessCqrs.Operating.Commands;

/// <summary><c>verify</c>: proves that the stores are correct. The exit code is 1 if they are not.</summary>
internal sealed class VerifyCommand(OperatedSystem system)
{
    private readonly Option<string?> _category =
        SystemValues.Category(system).Option("--category", "Only the streams of this category.");
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON document, for scripts." };

    public Command Create() =>
        new Command("verify", "Verifies all streams: versions have no gap, each command has one outcome, and each tip and item equals the fold of its events. Exits with 1 if something differs.") { _category, _json }.OnStack(system, RunAsync);

    private async Task<int> RunAsync(ParseResult parsed, OperatedStack stack, CancellationToken ct)
    {
        var json = parsed.GetValue(_json);
        var screen = new VerifyScreen(AnsiConsole.Console, quiet: json);
        var verifier = new StoreVerifier(stack.Domain, stack.History, stack.Log, stack.Tips, await stack.Live.NowAsync(ct), TimeProvider.System);
        var commands = new CommandCheck(new KinesisCommandTrail(stack.Domain, stack.Kinesis, stack.Names.CommandStream, TimeProvider.System), stack.Log, stack.Tips, TimeProvider.System);
        var category = parsed.GetValue(_category);
        var report = await screen.RunAsync(async progress =>
        {
            var undecided = await commands.RunAsync(category, ct);
            var found = await verifier.RunAsync(category, progress, ct);
            found.Add(undecided);
            return found;
        });
        var queues = await new QueueDepths(stack).ReadAsync(ct);
        var mails = system.Mails is { } table
            ? await new MailClaims(stack.DynamoDb, stack.Names[table], TimeProvider.System).CountAsync(ct)
            : MailCounts.None;
        if (json) Console.WriteLine(VerifyDocument.Write(report, queues, mails));
        else screen.Show(report, queues, mails);
        return report.IsClean ? ExitCodes.Good : ExitCodes.NotGood;
    }
}
